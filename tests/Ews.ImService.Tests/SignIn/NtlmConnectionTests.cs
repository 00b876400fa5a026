using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using static Ews.ImService.Tests.SignIn.Credentials;

namespace Ews.ImService.Tests.SignIn;

public sealed class NtlmConnectionTests
{
    private const string Anna = "anna@contoso.com";
    private const string Ben = "ben@contoso.com";
    private const string Password = "Pass word:1 ä";

    private static readonly AuthenticationHeaderValue NegotiateHeader = new("NTLM", Negotiate);

    [Fact]
    public async Task A_new_handshake_signs_out_the_user_of_the_connection()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.AcceptAny, StoredPassword.Create(Password)));
        await SignInAsync(service, "anna");
        (await PostAsync(service, null, "Anna's")).StatusCode.Should().Be(HttpStatusCode.OK, "the connection is authenticated");

        using var challenge = await PostAsync(service, NegotiateHeader, "Challenged");
        using var between = await PostAsync(service, null, "Between");
        using var authenticated = await PostAsync(service, new("NTLM", Authenticate("ben")), "Ben's");
        using var after = await PostAsync(service, null, "After");

        challenge.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        between.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        new[] { authenticated, after }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.OK);
        GroupsOf(await service.MailboxAsync(Anna)).Should().Equal("Signed in", "Anna's");
        GroupsOf(await service.MailboxAsync(Ben)).Should().Equal("Ben's", "After");
    }

    [Fact]
    public async Task An_incomplete_handshake_identifies_no_user_when_sign_in_is_optional()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Anonymous, StoredPassword.Create(Password)));
        await SignInAsync(service, "anna");

        using var challenge = await PostAsync(service, NegotiateHeader, "Challenged");
        using var between = await PostAsync(service, null, "Between");

        between.StatusCode.Should().Be(HttpStatusCode.OK);
        GroupsOf(await service.MailboxAsync(Anna)).Should().Equal("Signed in");
        GroupsOf(await service.MailboxAsync()).Should().Equal("Between");
    }

    [Fact]
    public async Task A_failed_handshake_leaves_no_user_signed_in()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, StoredPassword.Create(Password)));
        using var first = await PostAsync(service, NegotiateHeader);
        using var signedIn = await PostAsync(service, new("NTLM", Authenticate("anna", Password, first)), "Anna's");
        signedIn.StatusCode.Should().Be(HttpStatusCode.OK);

        using var challenge = await PostAsync(service, NegotiateHeader, "Challenged");
        using var failed = await PostAsync(service, new("NTLM", Authenticate("anna")), "Failed");
        using var after = await PostAsync(service, null, "After");

        new[] { failed, after }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.Unauthorized);
        GroupsOf(await service.MailboxAsync(Anna)).Should().Equal("Anna's");
    }

    [Fact]
    public async Task The_shortest_first_message_is_answered()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, StoredPassword.Create(Password)));

        using var challenge = await PostAsync(service, new("NTLM", Convert.ToBase64String([.. "NTLMSSP\0"u8, 1, 0, 0, 0])));
        using var response = await PostAsync(service, new("NTLM", Authenticate("anna", Password, challenge)));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>The fields at 20, 28 and 36 are the response, the domain and the user name.</summary>
    [Theory]
    [InlineData(20, 9999)]
    [InlineData(28, 9999)]
    [InlineData(36, 9999)]
    [InlineData(20, uint.MaxValue)]
    [InlineData(28, uint.MaxValue)]
    [InlineData(36, uint.MaxValue)]
    [InlineData(null, 0)]
    public async Task A_last_message_with_a_field_outside_of_it_gets_401(int? field, uint offset)
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.AcceptAny, StoredPassword.Create(Password)));
        using var challenge = await PostAsync(service, NegotiateHeader);
        var message = Convert.FromBase64String(Authenticate("anna"));
        if (field is { } at)
            BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(at + 4), offset);
        else
            message = message[..60]; // The message ends before its flags.

        using var response = await PostAsync(service, new("NTLM", Convert.ToBase64String(message)));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_name_in_the_code_page_of_the_client_is_read()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.AcceptAny, StoredPassword.Create(Password)));
        using var challenge = await PostAsync(service, NegotiateHeader);
        var unicode = Convert.FromBase64String(Authenticate("ben"));
        byte[] message = [.. unicode[..60], 2, 0, 0, 0, .. "ben"u8];
        (message[36], message[38]) = (3, 3);

        using var response = await PostAsync(service, new("NTLM", Convert.ToBase64String(message)), "Ben's");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        GroupsOf(await service.MailboxAsync(Ben)).Should().Equal("Ben's");
    }

    [Theory]
    [InlineData("Basic", Password, HttpStatusCode.OK)]
    [InlineData("Basic", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Basic", "", HttpStatusCode.Unauthorized)]
    [InlineData("NTLM", Password, HttpStatusCode.OK)]
    [InlineData("NTLM", "wrong", HttpStatusCode.Unauthorized)]
    public async Task An_account_with_only_an_NT_hash_signs_in_with_Basic_and_NTLM(string scheme, string password, HttpStatusCode expected)
    {
        var onlyNt = new StoredPassword(null, NtHash.Compute(Password));
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, onlyNt));
        using var ntlm = NtlmClient(service, Anna, password);

        for (var i = 0; i < 2; i++)
        {
            using var response = scheme == "Basic"
                ? await PostAsync(service, Basic(Anna, password), $"Team {i}")
                : await ntlm.SendAsync(Request($"Team {i}"));
            response.StatusCode.Should().Be(expected);
        }
    }

    private static async Task SignInAsync(TestService service, string userName)
    {
        using var challenge = await PostAsync(service, NegotiateHeader);
        using var response = await PostAsync(service, new("NTLM", Authenticate(userName)), "Signed in");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static IEnumerable<string> GroupsOf(MailboxState? mailbox) =>
        mailbox?.Groups.Values.Where(group => group.Type == GroupType.UserGroup)
            .OrderBy(group => group.Ordinal).Select(group => group.DisplayName) ?? [];

    private static ServiceSettings Settings(SignInMode mode, StoredPassword password) => TestService.InMemory with
    {
        Accounts = new AccountDirectory([People.Account(Anna), People.Account(Ben)], autoCreate: true, new ImpersonationRights([])),
        Passwords = People.Passwords((Anna, password)),
        SignIn = new SignInOptions { Mode = mode, Schemes = [SignInScheme.Ntlm, SignInScheme.Basic] },
    };
}
