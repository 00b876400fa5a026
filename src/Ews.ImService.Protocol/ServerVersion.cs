namespace Ews.ImService.Protocol;

/// <summary>What ServerVersionInfo tells clients. The default is the build of Microsoft's own examples. Learn: "ServerVersionInfo".</summary>
/// <param name="MajorVersion">15 is Exchange 2013 and later.</param>
/// <param name="MinorVersion">0 is Exchange 2013.</param>
/// <param name="MajorBuildNumber">The build.</param>
/// <param name="MinorBuildNumber">The build's revision.</param>
/// <param name="Version">The schema version's name.</param>
public sealed record ServerVersion(
    int MajorVersion = 15,
    int MinorVersion = 0,
    int MajorBuildNumber = 349,
    int MinorBuildNumber = 0,
    string Version = "Exchange2013");
