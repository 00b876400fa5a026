using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using Ews.ImService.Tests.SignIn;
using Ews.ImService.Tls;

namespace Ews.ImService.Tests.Recording;

public sealed class RecorderSignInTests
{
    private const string Anna = "anna@contoso.com";
    private const string Password = "Pass word:1 ä";

    [Fact]
    public async Task NTLM_signs_in_through_the_recorder_on_one_connection_only()
    {
        await using var service = await TestService.StartAsync(Settings(SignInScheme.Ntlm));
        await using var recorder = await TestRecorder.StartAsync(service);
        using var anna = new HttpClient(new SocketsHttpHandler
        {
            Credentials = new CredentialCache { { recorder.Client.BaseAddress!, "NTLM", new NetworkCredential(Anna, Password) } },
        });

        using var first = await PostAsync(anna, recorder, "First");
        using var second = await PostAsync(anna, recorder, "Second");
        using var other = await PostAsync(recorder.Client, recorder, "Third");

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        other.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        var entries = Enumerable.Range(0, 5).Select(_ => recorder.TakeEntry()).OrderBy(entry => entry.Id).ToList();
        entries.Select(entry => entry.Status).Should().Equal(401, 401, 200, 200, 401);
        entries[2].Request!.Headers["Authorization"].Should().Be("NTLM (hidden)");
        entries[1].Response!.Headers["WWW-Authenticate"].Should().Be("NTLM (hidden)");
    }

    [Theory]
    [InlineData(SignInScheme.Basic)]
    [InlineData(SignInScheme.Ntlm)]
    public async Task The_recorder_signs_in_for_clients_that_cannot(SignInScheme scheme)
    {
        await using var service = await TestService.StartAsync(Settings(scheme));
        await using var recorder = await TestRecorder.StartAsync(
            TestRecorder.OptionsFor(service) with { Credentials = new NetworkCredential(Anna, Password), Mailbox = Anna });
        recorder.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "of the client");

        for (var i = 0; i < 2; i++)
        {
            using var response = await PostAsync(recorder.Client, recorder, $"Team {i}");
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            recorder.TakeEntry().Should().BeEquivalentTo(new { Mailbox = Anna, Status = 200, State = JournalState.Answered });
        }
    }

    [Fact]
    public async Task Pages_of_other_origins_cannot_use_the_sign_in_of_the_recorder()
    {
        await using var service = await TestService.StartAsync(Settings(SignInScheme.Basic));
        await using var recorder = await TestRecorder.StartAsync(
            TestRecorder.OptionsFor(service) with { Credentials = new NetworkCredential(Anna, Password) });
        recorder.Client.DefaultRequestHeaders.Add("Origin", "https://other.example");

        using var response = await PostAsync(recorder.Client, recorder, "Team");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await service.MailboxAsync(Anna)).Should().BeNull();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("--insecure", true)]
    [InlineData("--ca", true)]
    public async Task The_certificate_of_the_server_must_be_trusted(string trust, bool isAccepted)
    {
        using var directory = new TemporaryDirectory();
        var certificate = CertificateSettings.CreateOwn([]) with { Path = directory.File("certificate.pfx") };
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { Urls = ["https://127.0.0.1:0"], Certificate = certificate });
        using var own = ServerCertificate.Load(certificate);
        var options = TestRecorder.OptionsFor(service) with
        {
            IsInsecure = trust == "--insecure",
            TrustedIssuers = trust == "--ca" ? [own.Certificate] : null,
        };
        await using var recorder = await TestRecorder.StartAsync(options);

        using var response = await PostAsync(recorder.Client, recorder, "Team");

        response.StatusCode.Should().Be(isAccepted ? HttpStatusCode.OK : HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Clients_use_the_recorder_with_HTTPS()
    {
        using var directory = new TemporaryDirectory();
        using var certificate = ServerCertificate.Load(
            CertificateSettings.CreateOwn([]) with { Path = directory.File("certificate.pfx") });
        await using var service = await TestService.StartAsync(Settings(SignInScheme.Ntlm));
        await using var recorder = await TestRecorder.StartAsync(
            TestRecorder.OptionsFor(service) with { Urls = ["https://127.0.0.1:0"] }, certificate);
        using var handler = new SocketsHttpHandler
        {
            Credentials = new CredentialCache { { recorder.Client.BaseAddress!, "NTLM", new NetworkCredential(Anna, Password) } },
        };
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, used, _, _) => used!.GetCertHashString() == certificate.Certificate.Thumbprint;
        using var anna = new HttpClient(handler);

        using var response = await PostAsync(anna, recorder, "Team");
        var wsdl = await anna.GetStringAsync(new Uri(recorder.Client.BaseAddress!, "/EWS/Services.wsdl"));

        recorder.Client.BaseAddress!.Scheme.Should().Be("https");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        wsdl.Should().Contain($"\"{recorder.Client.BaseAddress}\"");
        var entries = Enumerable.Range(0, 4).Select(_ => recorder.TakeEntry()).OrderBy(entry => entry.Id);
        entries.Select(entry => entry.Status).Should().Equal(401, 401, 200, 200);
    }

    [Fact]
    public async Task The_mailbox_of_an_entry_is_the_impersonated_user_or_the_Basic_user()
    {
        await using var service = await TestService.StartAsync();
        await using var recorder = await TestRecorder.StartAsync(service);
        recorder.Client.DefaultRequestHeaders.Authorization = Credentials.Basic(Anna, Password);
        const string Impersonation = EwsRequest.Version
            + "<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>ben@contoso.com</t:SmtpAddress></t:ConnectingSID>"
            + "</t:ExchangeImpersonation>";

        using var own = await PostAsync(recorder.Client, recorder, "Team");
        using var impersonated = await PostAsync(recorder.Client, recorder, "Team", Impersonation);

        recorder.TakeEntry().Mailbox.Should().Be(Anna);
        recorder.TakeEntry().Mailbox.Should().Be("ben@contoso.com");
    }

    private static Task<HttpResponseMessage> PostAsync(
        HttpClient client, TestRecorder recorder, string group, string header = EwsRequest.Version) =>
        client.PostAsync(
            recorder.Client.BaseAddress, new StringContent(EwsRequest.AddImGroup(group, header), Encoding.UTF8, "text/xml"));

    private static ServiceSettings Settings(SignInScheme scheme) => TestService.InMemory with
    {
        Accounts = new AccountDirectory([People.Account(Anna)], autoCreate: true, new ImpersonationRights([])),
        Passwords = People.Passwords((Anna, StoredPassword.Create(Password))),
        SignIn = new SignInOptions { Mode = SignInMode.Users, Schemes = [scheme] },
    };
}
