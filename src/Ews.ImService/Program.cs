using Ews.ImService;
using Ews.ImService.Commands;
using Ews.ImService.Settings;
using Ews.ImService.Storage;

if (CommandLine.Answer(args) is { } answer)
{
    Console.WriteLine(answer);
    return 0;
}

try
{
    return await CommandLine.RunAsync(args);
}
catch (SettingsException e)
{
    foreach (var problem in e.Problems)
        Console.Error.WriteLine(problem);
    Console.Error.WriteLine("Run with --help for all commands and settings.");
    return 2;
}
catch (Exception e) when (e is StorageException or StartException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
