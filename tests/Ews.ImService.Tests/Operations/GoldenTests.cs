using System.Net;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations;

/// <summary>Tests each operation of the operation table with the documents in its folder.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Operations => GoldenFolder.OperationsWithResponse;

    public static TheoryData<string> OperationsWithResponse => GoldenFolder.OperationsWithResponse;

    /// <remarks>
    /// Run with UPDATE_DOCS=1 to write a response that is missing, if it is a success. Review it before you commit it; to write it again,
    /// delete it.
    /// </remarks>
    [Theory]
    [MemberData(nameof(OperationsWithResponse))]
    public async Task The_response_to_the_golden_request_matches_the_golden_response(string operation)
    {
        var folder = new GoldenFolder(operation);
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings);
        var mailbox = await GoldenMailbox.CreateAsync(service.PostAsync);

        var response = await service.PostAsync(mailbox.Resolve(folder.Request));

        if (!File.Exists(folder.ResponsePath) && Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(folder.ResponsePath, Documents.Scrub(response.Should().Succeed().Xml.Root!) + "\n");
        response.ShouldMatchDocument(await File.ReadAllTextAsync(folder.ResponsePath));
    }

    [Theory]
    [MemberData(nameof(OperationsWithResponse))]
    public async Task The_response_to_the_golden_request_succeeds_and_is_valid_against_the_schema(string operation)
    {
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings);
        var mailbox = await GoldenMailbox.CreateAsync(service.PostAsync);

        var response = await service.PostAsync(mailbox.Resolve(new GoldenFolder(operation).Request.Spelled("http")));

        response.Should().Succeed();
    }

    /// <remarks>The schema requires elements of some operations after an error, too.</remarks>
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_error_response_is_valid_against_the_schema(string operation)
    {
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings);
        using var added = await service.SendAsync(
            "POST", "/faults", """{ "kind": "responseCode", "responseCode": "ErrorItemNotFound", "messageText": "Injected." }""");
        added.StatusCode.Should().Be(HttpStatusCode.Created);

        var response = await service.PostAsync(new GoldenFolder(operation).Request.Spelled("http"));

        response.Should().BeError("ErrorItemNotFound", "Injected.");
    }

    [Fact]
    public void Every_folder_with_a_golden_request_belongs_to_an_operation() =>
        GoldenFolder.FindAll().Should().BeEquivalentTo(OperationTable.Entries.Select(entry => new GoldenFolder(entry.Name).Location));
}
