using System.Globalization;

namespace Ews.ImService.Testing.Tests;

public sealed class JournalVerificationTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_failure_shows_the_closest_requests_and_their_differences()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, "bob@contoso.com").AddImGroupAsync("Team");
        await new ImClient(exchange, Alice).GetImItemListAsync();
        var pattern = new RequestPattern { Operation = "AddImGroup", Mailbox = Alice, Contains = "Team" };

        var failure = await exchange.Journal.Invoking(it => it.ShouldHaveReceivedAsync(pattern))
            .Should().ThrowAsync<EwsImVerificationException>();

        failure.Which.Message.Split(Environment.NewLine).Should().Equal(
            "Expected at least 1 request: AddImGroup for alice@contoso.com with 'Team' in its body. 0 of 2 requests matched.",
            "The closest requests:",
            "  #1 AddImGroup for bob@contoso.com: NoError - mailbox bob@contoso.com instead of alice@contoso.com",
            "  #2 GetImItemList for alice@contoso.com: NoError - operation GetImItemList instead of AddImGroup, body without 'Team'");
    }

    [Fact]
    public async Task A_different_number_of_requests_fails()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
        await exchange.Journal.ShouldNotHaveReceivedAsync("SetImGroup");
        await exchange.Journal.Invoking(it => it.ShouldHaveReceivedAsync("AddImGroup", times: 2))
            .Should().ThrowAsync<EwsImVerificationException>()
            .WithMessage("Expected exactly 2 requests: AddImGroup. 1 of 1 *#1 AddImGroup*");
        await exchange.Journal.Invoking(it => it.ShouldNotHaveReceivedAsync("AddImGroup"))
            .Should().ThrowAsync<EwsImVerificationException>()
            .WithMessage("Expected no request: AddImGroup. 1 of 1 *#1 AddImGroup*");
    }

    [Fact]
    public async Task A_misspelled_operation_is_rejected()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Journal.Invoking(it => it.WaitForAsync(new RequestPattern { Operation = "AddImGruop" }))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*EWS operation*'AddImGruop'*");
        await exchange.Journal.Invoking(it => it.ShouldNotHaveReceivedAsync("AddImGruop"))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*EWS operation*'AddImGruop'*");
    }

    [Fact]
    public void The_description_of_a_pattern_contains_every_condition()
    {
        foreach (var property in typeof(RequestPattern).GetProperties())
        {
            var pattern = new RequestPattern();
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(pattern, type == typeof(string) ? "value"
                : type == typeof(Func<JournalEntry, bool>) ? (Func<JournalEntry, bool>)(_ => true)
                : Convert.ChangeType(1, type, CultureInfo.InvariantCulture));

            pattern.ToString().Should().NotBe(new RequestPattern().ToString(), property.Name);
        }
    }
}
