using System.Diagnostics;
using Ews.ImService.Protocol.SignIn;
using static Ews.ImService.Tests.SignIn.SignInSettings;

namespace Ews.ImService.Tests.SignIn;

public sealed class PasswordsTests
{
    [Fact]
    public void A_wrong_password_takes_as_long_for_an_existing_account_as_for_an_unknown_one()
    {
        var passwords = People.Passwords((Anna, StoredPassword.Create(Password)));
        passwords.Verify(People.Address(Anna), "warm-up");

        // The two are measured alternately, so that a busy machine slows both. If one of them skipped the rounds, the medians would differ.
        var (known, unknown) = (new List<long>(), new List<long>());
        for (var i = 0; i < 15; i++)
        {
            known.Add(Ticks(() => passwords.Verify(People.Address(Anna), "wrong")));
            unknown.Add(Ticks(() => passwords.Verify(null, "wrong")));
        }

        (Median(unknown) / Median(known)).Should().BeInRange(0.33, 3);

        static long Ticks(Action action)
        {
            var started = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetTimestamp() - started;
        }

        static double Median(List<long> values) => values.Order().ElementAt(values.Count / 2);
    }

    [Theory]
    [InlineData("", "31D6CFE0D16AE931B73C59D7E0C089C0")]
    [InlineData("Password", "A4F49C406510BDCAB6824EE7C30FD852")]
    public void The_NT_hash_matches_the_documented_examples(string password, string hash) =>
        Convert.ToHexString(NtHash.Compute(password)).Should().Be(hash);

    [Fact]
    public void A_password_hash_is_read_only_from_its_own_text()
    {
        var text = PasswordHash.Create(Password).ToString();

        PasswordHash.Read(text)!.Verify(Password).Should().BeTrue();
        PasswordHash.Read(text)!.Verify(Password + " ").Should().BeFalse();
        string[] others = ["", "a", "pbkdf2-sha256$0$AAAA$AAAA", "pbkdf2-sha256$1$AAAA$AAAA", "pbkdf2-sha256$1$!$!", text + "$"];
        foreach (var invalid in others)
            PasswordHash.Read(invalid).Should().BeNull();
    }
}
