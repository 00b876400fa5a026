using System.Globalization;

namespace Ews.ImService.Inspector.Tests.Figures;

/// <summary>The bytes of the page, its script and its styles, uncompressed.</summary>
internal static class FirstLoad
{
    private const string SizeOfFiles =
        """
        () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .filter(entry => !entry.name.includes('/_control/'))
            .reduce((sum, entry) => sum + entry.decodedBodySize, 0)
        """;

    public static async Task<IEnumerable<Figure>> MeasureAsync(MeasuredService service)
    {
        await using var session = await service.OpenWindowAsync();
        await session.OpenAsync();
        await session.Page.WaitForLoadStateAsync(LoadState.Load);
        var bytes = await session.Page.EvaluateAsync<long>(SizeOfFiles);
        return [new("First load: HTML, script and styles, uncompressed", Kilobytes(bytes), "200 KB")];
    }

    private static string Kilobytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.0} KB");
}
