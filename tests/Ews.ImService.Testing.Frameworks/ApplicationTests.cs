using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

namespace Ews.ImService.Testing.Frameworks;

public sealed class ApplicationTests
{
    [Fact]
    public async Task The_application_adds_a_group()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var application = new WebApplicationFactory<Program>()
            .WithWebHostBuilder(host => host.UseSetting("Exchange:Url", exchange.Url.ToString()));
        using var http = application.CreateClient();

        using var response = await http.PostAsync(new Uri("/groups/Friends", UriKind.Relative), null);

        response.EnsureSuccessStatusCode();
        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
    }
}
