namespace Ews.ImService.Protocol;

/// <summary>The server version in responses. The defaults are the build in Microsoft's examples.</summary>
/// <param name="MajorVersion">The major version; the default is 15, which is Exchange 2013 and later.</param>
/// <param name="MinorVersion">The minor version; the default is 0, which is Exchange 2013.</param>
/// <param name="MajorBuildNumber">The build number; the default is 349.</param>
/// <param name="MinorBuildNumber">The revision of the build; the default is 0.</param>
/// <param name="Version">The name of the schema version; the default is Exchange2013.</param>
/// <remarks>Learn: "ServerVersionInfo".</remarks>
public sealed record ServerVersion(
    int MajorVersion = 15,
    int MinorVersion = 0,
    int MajorBuildNumber = 349,
    int MinorBuildNumber = 0,
    string Version = "Exchange2013");
