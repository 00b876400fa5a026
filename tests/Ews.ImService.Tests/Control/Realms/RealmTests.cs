using System.Net;
using System.Text;

namespace Ews.ImService.Tests.Control.Realms;

public sealed class RealmTests
{
    [Fact]
    public async Task A_realm_is_listed_from_its_first_use_until_it_is_deleted()
    {
        await using var service = await TestService.StartAsync();
        var addGroup = Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team"));
        (await service.PostAsync(addGroup, path: "/realms/a/EWS/Exchange.asmx")).Should().Succeed();

        var before = await service.GetJsonAsync(ControlCalls.Api + "/realms");
        using var deleted = await service.SendAsync("DELETE", "/realms/a");
        var after = await service.GetJsonAsync(ControlCalls.Api + "/realms");
        var mailboxes = await service.GetJsonAsync("/realms/a" + ControlCalls.Api + "/mailboxes");

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        before.GetProperty("realms").Strings().Should().Equal("", "a");
        after.GetProperty("realms").Strings().Should().Equal("");
        mailboxes.GetProperty("mailboxes").GetArrayLength().Should().Be(0);
    }
}
