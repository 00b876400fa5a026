using Ews.ImService.Protocol.Operations;

namespace Ews.ImService.Tests.Operations;

/// <summary>Tests each operation of the operation table with the documents in its folder.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Operations => GoldenFolder.Operations;

    /// <remarks>Run with UPDATE_DOCS=1 to write a response that is missing. Review it before you commit it.</remarks>
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_response_to_the_golden_request_matches_the_golden_response(string operation)
    {
        var folder = new GoldenFolder(operation);
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings);
        var mailbox = await GoldenMailbox.CreateAsync(service.PostAsync);

        var response = await service.PostAsync(mailbox.Resolve(folder.Request));

        if (!File.Exists(folder.ResponsePath) && Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(folder.ResponsePath, Documents.Scrub(response.Xml.Root!) + "\n");
        response.ShouldMatchDocument(await File.ReadAllTextAsync(folder.ResponsePath));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_response_to_the_golden_request_succeeds_and_is_valid_against_the_schema(string operation)
    {
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings);
        var mailbox = await GoldenMailbox.CreateAsync(service.PostAsync);

        var response = await service.PostAsync(mailbox.Resolve(new GoldenFolder(operation).Request.Spelled("http")));

        response.Should().Succeed();
    }

    [Fact]
    public void Every_folder_with_a_golden_request_belongs_to_an_operation() =>
        GoldenFolder.FindAll().Should().BeEquivalentTo(OperationTable.Entries.Select(entry => new GoldenFolder(entry.Name).Location));
}
