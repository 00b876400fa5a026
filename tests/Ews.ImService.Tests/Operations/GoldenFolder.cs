using System.Runtime.CompilerServices;
using System.Text;
using Ews.ImService.Protocol.Operations;

namespace Ews.ImService.Tests.Operations;

/// <summary>
/// The folder of an operation: <c>Request.xml</c>, the golden request, which represents the operation in tests of all operations;
/// <c>Response.xml</c>, its response; and documents of single tests.
/// </summary>
/// <param name="operation">The name of the operation.</param>
internal sealed class GoldenFolder(string operation)
{
    /// <summary>Gets the folder: as in the service, it is in the folder of the family of the operation.</summary>
    public string Location => Path.Combine(Root(), FamilyOf(operation), operation);

    /// <summary>Gets the golden request. Its ids are placeholders for those of a <see cref="GoldenMailbox"/>.</summary>
    public string Request => File.ReadAllText(Path.Combine(Location, "Request.xml"), Encoding.UTF8);

    /// <summary>Gets the path of the response to the golden request.</summary>
    public string ResponsePath => Path.Combine(Location, "Response.xml");

    /// <summary>Gets the names of all operations, as the data of a theory.</summary>
    public static TheoryData<string> Operations => new(OperationTable.Entries.Select(entry => entry.Name));

    /// <summary>
    /// Gets the names of the operations with a golden response: all except one whose response is always an error, and one whose response
    /// does not end.
    /// </summary>
    public static TheoryData<string> OperationsWithResponse => new(
        OperationTable.Entries.Select(entry => entry.Name).Where(name => name is not ("GetUserConfiguration" or "GetStreamingEvents")));

    /// <summary>Returns the paths of all folders that contain a golden request.</summary>
    public static IEnumerable<string> FindAll() =>
        Directory.EnumerateFiles(Root(), "Request.xml", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!);

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;

    private static string FamilyOf(string operation)
    {
        var operations = typeof(OperationTable).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(EwsOperation)));
        var type = operations.Single(type => type.Name == operation);
        return type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..];
    }
}
