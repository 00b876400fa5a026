using Ews.ImService;
using Ews.ImService.Settings;
using Ews.ImService.Storage;
using Ews.ImService.Tls;

if (CommandLine.Answer(args) is { } answer)
{
    Console.WriteLine(answer);
    return 0;
}

if (args is [HashPasswordCommand.Name])
{
    var hashes = HashPasswordCommand.Run();
    Console.WriteLine(hashes ?? "Write the password, which is not empty, to the standard input.");
    return hashes is null ? 2 : 0;
}

try
{
    var isCertificateCommand = args is [CertificateCommand.Name, ..];
    var file = isCertificateCommand && args.Length > 1 && !args[1].StartsWith("--", StringComparison.Ordinal) ? args[1] : null;
    var settings = SettingsReader.Read(SettingsSources.Load(isCertificateCommand ? args[(file is null ? 1 : 2)..] : args));
    if (isCertificateCommand)
    {
        Console.WriteLine(CertificateCommand.Run(settings.Certificate, file));
        return 0;
    }

    await using var service = ImServiceHost.Create(settings with { Warnings = [.. settings.Warnings, .. SettingsSources.Warnings()] });
    await service.StartAsync();
    await service.WaitForShutdownAsync();
    return 0;
}
catch (SettingsException e)
{
    foreach (var problem in e.Problems)
        Console.Error.WriteLine(problem);
    Console.Error.WriteLine("Run with --help for all settings.");
    return 2;
}
catch (Exception e) when (e is StorageException or StartException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
