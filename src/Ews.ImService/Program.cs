using Ews.ImService;
using Ews.ImService.Settings;
using Ews.ImService.Storage;

if (CommandLine.Answer(args) is { } answer)
{
    Console.WriteLine(answer);
    return 0;
}

try
{
    var settings = SettingsReader.Read(SettingsSources.Load(args));
    await using var service = ImServiceHost.Create(settings);
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
