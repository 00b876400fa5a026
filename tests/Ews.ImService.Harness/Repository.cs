using System.Diagnostics;

namespace Ews.ImService.Harness;

/// <summary>The clone of the repository that contains the running program.</summary>
public static class Repository
{
    private const string ServiceName = "Ews.ImService";

    /// <summary>Returns the root folder.</summary>
    /// <exception cref="RunException">The program does not run in a clone.</exception>
    public static string Folder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, ServiceName + ".sln")))
                return folder;
        }

        throw new RunException("The program is not in a clone of the repository. Specify --service, without --update-docs.");
    }

    /// <summary>Publishes the service as the README does.</summary>
    /// <param name="folder">The folder in which a folder for the service is created.</param>
    /// <returns>The folder of the published service.</returns>
    /// <exception cref="RunException">The service was not published.</exception>
    public static string PublishService(string folder)
    {
        Progress.Report("publishing the service");
        var output = Path.Combine(folder, "service");
        var project = Path.Combine(Folder(), "src", ServiceName);
        using var publish = Process.Start("dotnet", ["publish", project, "-c", "Release", "-o", output, "--nologo", "-v", "quiet"]);
        publish.WaitForExit();
        return publish.ExitCode == 0 ? output : throw new RunException("The service was not published.");
    }

    /// <summary>Returns the program in the folder of a published service.</summary>
    /// <exception cref="RunException">The folder does not contain the service.</exception>
    public static string ServiceProgram(string folder)
    {
        var program = Path.Combine(folder, ServiceName);
        return File.Exists(program) ? program : throw new RunException($"The folder {folder} does not contain the published service.");
    }
}
