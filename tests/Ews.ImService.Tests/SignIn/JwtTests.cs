using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Protocol.SignIn;
using static Ews.ImService.Tests.SignIn.Credentials;
using static Ews.ImService.Tests.SignIn.SignInSettings;

namespace Ews.ImService.Tests.SignIn;

public sealed class JwtTests
{
    [Fact]
    public async Task A_configured_token_or_a_signed_token_identifies_its_user()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Bearer));

        var signed = Token("""{"upn":"ben@contoso.com","iss":"us","aud":["a","ews"],"exp":9999999999}""");
        foreach (var token in new[] { "token of anna", signed })
        {
            using var response = await PostAsync(service, new("Bearer", token));
            response.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        (await service.MailboxAsync(Anna))!.HasGroupNamed("Team").Should().BeTrue();
        (await service.MailboxAsync(Ben))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Theory]
    [InlineData("token of nobody")]
    [InlineData("anna@contoso.com")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\",\"exp\":1}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\",\"nbf\":9999999999}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\",\"exp\":\"never\"}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"them\",\"aud\":\"ews\"}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"other\"}")]
    [InlineData("{\"upn\":\"stranger@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\"}")]
    [InlineData("{\"iss\":\"us\",\"aud\":\"ews\"}")]
    [InlineData("[]")]
    public async Task Other_tokens_get_401(string token)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Bearer));

        using var response = await PostAsync(service, new("Bearer", token[0] is '{' or '[' ? Token(token) : token));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_with_a_wrong_signature_or_algorithm_gets_401()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Bearer));
        const string claims = """{"upn":"ben@contoso.com","iss":"us","aud":"ews"}""";
        string[] tokens =
        [
            Token(claims, key: "another secret of enough characters"),
            Token(claims, algorithm: "none"),
            Token(claims, algorithm: "RS256"),
            Token(claims)[..^2],
            Token(claims).Insert(Token(claims).Length - 2, " "),
        ];

        foreach (var token in tokens)
            (await PostAsync(service, new("Bearer", token))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync(service, new("Bearer", Token(claims)))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_signed_with_the_private_key_is_verified_with_the_public_key()
    {
        using var key = RSA.Create(2048);
        var options = new SignInOptions
        {
            Mode = SignInMode.Users,
            Schemes = [SignInScheme.Bearer],
            Jwt = new JwtOptions(key.ExportSubjectPublicKeyInfoPem(), null, null),
        };
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users) with { SignIn = options });
        var content = $"{Base64Url("""{"alg":"RS256"}"""u8)}.{Base64Url("""{"preferred_username":"ben@contoso.com"}"""u8)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        using var response = await PostAsync(service, new("Bearer", $"{content}.{Base64Url(signature)}"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
