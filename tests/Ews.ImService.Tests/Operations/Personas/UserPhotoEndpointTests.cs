using System.Net;
using System.Net.Http.Headers;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Tests.SignIn;

namespace Ews.ImService.Tests.Operations.Personas;

public sealed class UserPhotoEndpointTests
{
    private const string Path = "/EWS/Exchange.asmx/s/GetUserPhoto";

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 1, 2, 3];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1];

    private static readonly AddressList Directory = new(
        [
            People.User("anna@contoso.com", "Anna") with { ImAddress = "anna@im.contoso.com", Photo = new UserPhoto(Jpeg) },
            People.User("ben@contoso.com", "Ben") with { Photo = new UserPhoto(Png) },
            People.User("cleo@contoso.com", "Cleo"),
        ],
        [],
        anyDistributionGroup: false);

    [Theory]
    [InlineData(Path + "?email=anna@contoso.com&size=HR48x48")]
    [InlineData(Path + "?email=ANNA%40contoso.com&size=HR648x648")]
    [InlineData("/ews/exchange.asmx/S/getuserphoto?EMAIL=anna@im.contoso.com")]
    public async Task The_photo_is_returned_in_every_size_with_its_type(string url)
    {
        await using var service = await StartAsync();

        using var response = await service.Client.GetAsync(url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().Should().Be("image/jpeg");
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Jpeg);
    }

    [Fact]
    public async Task A_client_that_sends_the_ETag_of_the_photo_gets_status_304_until_the_photo_is_another()
    {
        await using var service = await StartAsync();
        using var first = await service.Client.GetAsync(Path + "?email=anna@contoso.com&size=HR96x96");
        var tag = first.Headers.ETag!;

        using var same = await GetAsync(service, "anna@contoso.com", tag);
        using var another = await GetAsync(service, "ben@contoso.com", tag);

        same.StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await same.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        same.Headers.ETag.Should().Be(tag);
        another.StatusCode.Should().Be(HttpStatusCode.OK);
        another.Content.Headers.ContentType!.ToString().Should().Be("image/png");
        another.Headers.ETag.Should().NotBe(tag);
    }

    [Theory]
    [InlineData("?email=cleo@contoso.com&size=HR48x48", HttpStatusCode.NotFound)]
    [InlineData("?email=nobody@contoso.com&size=HR48x48", HttpStatusCode.NotFound)]
    [InlineData("?size=HR48x48", HttpStatusCode.BadRequest)]
    [InlineData("?email=", HttpStatusCode.BadRequest)]
    public async Task A_missing_photo_is_status_404_and_a_missing_address_status_400(string query, HttpStatusCode expected)
    {
        await using var service = await StartAsync();

        using var response = await service.Client.GetAsync(Path + query);

        response.StatusCode.Should().Be(expected);
        response.Headers.ETag.Should().BeNull();
    }

    [Fact]
    public async Task Photos_require_the_same_sign_in_as_EWS()
    {
        var settings = SignInSettings.Create(SignInMode.Users, SignInScheme.Basic) with { Directory = Directory };
        await using var service = await TestService.StartAsync(settings);

        using var without = await service.Client.GetAsync(Path + "?email=anna@contoso.com");
        service.Client.DefaultRequestHeaders.Authorization = Credentials.Basic(SignInSettings.Anna, SignInSettings.Password);
        using var with = await service.Client.GetAsync(Path + "?email=anna@contoso.com");

        without.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        without.Headers.WwwAuthenticate.Select(offer => offer.Scheme).Should().Equal("Basic");
        with.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestService service, string email, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?email={email}&size=HR96x96");
        request.Headers.IfNoneMatch.Add(tag);
        return await service.Client.SendAsync(request);
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(TestService.InMemory with { Directory = Directory });
}
