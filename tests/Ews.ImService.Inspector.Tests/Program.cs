using Ews.ImService.Inspector.Tests.Figures;
using Ews.ImService.Inspector.Tests.Screenshots;

switch (args)
{
    case ["screenshots", var folder]:
        await ScreenshotsCommand.RunAsync(folder);
        return 0;
    case ["figures"]:
        await FiguresCommand.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("Usage: screenshots FOLDER | figures. Without arguments, use 'dotnet test'.");
        return 2;
}
