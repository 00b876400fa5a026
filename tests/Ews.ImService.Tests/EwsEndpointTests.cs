using System.Net;
using System.Text;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests;

public sealed class EwsEndpointTests
{
    [Theory]
    [InlineData("/EWS/Exchange.asmx")]
    [InlineData("/ews/exchange.asmx")]
    [InlineData("/EWS/EXCHANGE.ASMX")]
    public async Task The_path_is_matched_in_any_case(string path)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: path);

        response.Should().Succeed();
    }

    [Fact]
    public async Task A_GET_returns_a_page_and_other_methods_get_405()
    {
        await using var service = await TestService.StartAsync();

        using var page = await service.Client.GetAsync(EwsOptions.Path);
        using var put = await service.Client.PutAsync(EwsOptions.Path, new StringContent(""));
        using var delete = await service.Client.DeleteAsync(EwsOptions.Path);

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).Should().Contain("Exchange Web Services");
        put.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        delete.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        delete.Content.Headers.Allow.Should().BeEquivalentTo("GET", "HEAD", "OPTIONS", "POST");
        using var options = await service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, EwsOptions.Path));
        options.StatusCode.Should().Be(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.Should().Contain("POST");
    }

    [Fact]
    public async Task A_response_has_a_length_a_request_id_and_on_request_the_client_s_id()
    {
        await using var service = await TestService.StartAsync();
        service.Client.DefaultRequestHeaders.Add("client-request-id", "mine");
        service.Client.DefaultRequestHeaders.Add("return-client-request-id", "true");

        using var content = new StringContent(EwsRequest.AddImGroup("Team"), Encoding.UTF8, "text/xml");
        using var response = await service.Client.PostAsync(EwsOptions.Path, content);

        response.Content.Headers.ContentLength.Should().BePositive();
        response.Headers.GetValues("request-id").Single().Should().NotBeEmpty();
        response.Headers.GetValues("client-request-id").Should().Equal("mine");
    }

    [Theory]
    [InlineData("\u00e9")]
    [InlineData("a\u4e2d")]
    public async Task A_client_id_that_is_not_a_valid_header_value_is_not_returned(string id)
    {
        await using var service = await TestService.StartAsync();
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation("client-request-id", id).Should().BeTrue();
        client.DefaultRequestHeaders.Add("return-client-request-id", "true");

        using var content = new StringContent(EwsRequest.AddImGroup("Team"), Encoding.UTF8, "text/xml");
        using var response = await client.PostAsync(EwsOptions.Path, content);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.Contains("client-request-id").Should().BeFalse();
    }

    [Fact]
    public async Task A_client_that_expects_100_Continue_receives_it()
    {
        await using var service = await TestService.StartAsync();
        service.Client.DefaultRequestHeaders.ExpectContinue = true;

        var response = await service.PostAsync(EwsRequest.AddImGroup("Team"));

        response.Should().Succeed();
    }
}
