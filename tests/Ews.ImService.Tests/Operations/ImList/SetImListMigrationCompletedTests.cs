namespace Ews.ImService.Tests.Operations.ImList;

public sealed class SetImListMigrationCompletedTests
{
    private const string M = "http://schemas.microsoft.com/exchange/services/2006/messages";

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData(" true ", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    public async Task The_flag_is_stored_in_the_mailbox(string value, bool expected)
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        await using (var service = await TestService.StartAsync(settings))
        {
            (await service.PostAsync(Request(value == "false" ? "true" : "false"))).Should().Succeed();
            (await service.PostAsync(Request(value))).Should().Succeed();
            (await service.PostAsync(Request(value))).Should().Succeed();
        }

        await using var restarted = await TestService.StartAsync(settings);

        (await restarted.MailboxAsync())!.ImListMigrationCompleted.Should().Be(expected);
    }

    [Fact]
    public async Task Any_other_value_violates_the_schema()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(Request("maybe"));

        response.Should().BeSchemaFault(
            5,
            36,
            $"The '{M}:ImListMigrationCompleted' element is invalid - The value 'maybe' is invalid according to its datatype "
                + $"'http://www.w3.org/2001/XMLSchema:boolean' - The string 'maybe' is not a valid Boolean value.");
    }

    private static string Request(string value) =>
        EwsRequest.For("SetImListMigrationCompleted", $"<m:ImListMigrationCompleted>{value}</m:ImListMigrationCompleted>");
}
