using System.Runtime.Loader;
using Ews.ImService.Testing;
using Serilog;

@CLASS@
public class LoadedAssemblies
{
    [@TEST@]
    public async Task The_service_is_compiled_for_the_system_and_separate_from_the_libraries_of_the_test()
    {
        await using var exchange = await EwsImServer.StartAsync();
        if (typeof(Log).Assembly.GetName().Version!.Major != 2)
            throw new InvalidOperationException("The Serilog of the service is loaded.");
        using var http = exchange.CreateClient();
        if (!(await http.GetStringAsync(new Uri(exchange.Url, "/"))).Contains("inspector.js"))
            throw new InvalidOperationException("There is no inspector.");
        var service = AssemblyLoadContext.All.Single(context => context.Name == "Ews.ImService").Assemblies.First();
        if (!service.Location.Contains("/compiled/@SYSTEM@/"))
            throw new InvalidOperationException("The portable service is loaded.");
        try
        {
            await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup");
        }
        catch (EwsImVerificationException)
        {
            return;
        }

        throw new InvalidOperationException("The verification did not fail.");
    }
}
