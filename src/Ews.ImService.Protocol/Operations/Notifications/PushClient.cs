using System.Buffers;
using System.Net;
using System.Threading.RateLimiting;
using System.Xml;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Sends notifications to the receivers of push subscriptions.</summary>
/// <remarks>
/// A URL comes from a client, so that the service sends it nothing but notifications: no credentials and no cookies, it follows no
/// redirects,
/// and it reads a small response.
/// </remarks>
internal sealed class PushClient : IDisposable
{
    private const int MaxResponseBytes = 64 * 1024;

    /// <summary>The maximum number of notifications that are sent at the same time.</summary>
    private const int MaxConcurrent = 32;

    /// <summary>
    /// The maximum number of notifications of one owner that are sent at the same time, so that its receivers do not delay the
    /// notifications of others when they do not respond.
    /// </summary>
    private const int MaxConcurrentPerOwner = 4;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly SemaphoreSlim _free = new(MaxConcurrent);

    private readonly PartitionedRateLimiter<string> _freeOfOwner = PartitionedRateLimiter.Create<string, string>(owner =>
        RateLimitPartition.GetConcurrencyLimiter(
            owner, _ => new ConcurrencyLimiterOptions { PermitLimit = MaxConcurrentPerOwner, QueueLimit = int.MaxValue }));

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxResponseBytes,
    };

    /// <summary>Sends a notification.</summary>
    /// <param name="owner">The account that owns the subscription.</param>
    /// <param name="url">The URL of the receiver.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The SubscriptionStatus of the response, or <c>null</c> and the reason why there is none.</returns>
    /// <remarks>Learn: "SendNotificationResult", "SubscriptionStatus".</remarks>
    public async Task<(string? Status, string? Failure)> SendAsync(
        string owner, Uri url, ResponseBody envelope, CancellationToken cancellationToken)
    {
        using var lease = await _freeOfOwner.AcquireAsync(owner, permitCount: 1, cancellationToken);
        await _free.WaitAsync(cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new ByteArrayContent(envelope.Bytes.ToArray()),
            };
            message.Content.Headers.TryAddWithoutValidation("Content-Type", RequestContent.SoapContentType);
            message.Headers.TryAddWithoutValidation("SOAPAction", $"\"{PushMessage.SoapAction}\"");
            using var response = await _client.SendAsync(message, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? (ReadStatus(await response.Content.ReadAsByteArrayAsync(cancellationToken)), null)
                : (null, $"status {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or XmlException || IsTimeout(e, cancellationToken))
        {
            return (null, e.Message);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _free.Dispose();
        _freeOfOwner.Dispose();
    }

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    /// <summary>Returns the text of SubscriptionStatus, which some clients write without a header and with any prefix.</summary>
    private static string ReadStatus(byte[] response)
    {
        using var reader = XmlReader.Create(new MemoryStream(response), Reading);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "SubscriptionStatus")
                return reader.ReadElementContentAsString().Trim();
        }

        throw new XmlException("The response contains no SubscriptionStatus.");
    }
}
