using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Subscribes to the events of folders.</summary>
/// <remarks>Learn: "Subscribe operation". Exchange 2007 and later.</remarks>
internal sealed class Subscribe(IMailboxStore store, FolderIds folders, PushServices push)
    : BatchOperation<Subscribe.Request, Subscribe.Subscribed>
{
    /// <summary>The time for which a streaming subscription exists without a connection. It is not documented.</summary>
    private static readonly TimeSpan StreamingLifetime = TimeSpan.FromMinutes(30);

    internal sealed record Request(
        SubscriptionKind Kind,
        IReadOnlyList<XElement> Folders,
        bool IsForAllFolders,
        IReadOnlySet<ChangeKind> Kinds,
        string? Watermark)
    {
        /// <summary>Gets the time for which the subscription exists without being used; a push subscription is always in use.</summary>
        public TimeSpan Lifetime { get; init; }

        /// <summary>Gets the receiver of a push subscription.</summary>
        public PushReceiver? Receiver { get; init; }
    }

    internal sealed record Subscribed(string Id, string? Watermark);

    public override string SinceVersion => "Exchange2007";

    public override string Limitations =>
        "NewMailEvent and FreeBusyChangedEvent are accepted, and never occur. Push notifications are sent to this machine and to the hosts "
        + "of the setting `Ews:PushHosts`.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        if (request.Element("PullSubscriptionRequest") is { } pull)
        {
            var lifetime = Minutes(pull, "Timeout");
            yield return Read(pull, SubscriptionKind.Pull).Select(read => read with { Lifetime = lifetime });
        }
        else if (request.Element("StreamingSubscriptionRequest") is { } streaming)
        {
            yield return Read(streaming, SubscriptionKind.Streaming).Select(read => read with { Lifetime = StreamingLifetime });
        }
        else
        {
            var pushed = request.Element("PushSubscriptionRequest")!;
            yield return PushReceiver.ReadUrl(Child(pushed, "URL")!.Value, push.Hosts, push.OwnPorts) is { } url
                ? Read(pushed, SubscriptionKind.Push)
                    .Select(read => read with { Receiver = new PushReceiver(url, Minutes(pushed, "StatusFrequency")) })
                : EwsError.InvalidPushSubscriptionUrl;
        }
    }

    protected override async Task<EwsResult<List<EwsResult<Subscribed>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(request => Add(request, caller, mailbox)));
    }

    protected override void Write(EwsXmlWriter xml, Subscribed result)
    {
        xml.Message("SubscriptionId", result.Id);
        if (result.Watermark is not null)
            xml.Message("Watermark", result.Watermark);
    }

    private static TimeSpan Minutes(XElement subscription, string element) => TimeSpan.FromMinutes(
        int.Parse(Child(subscription, element)!.Value, NumberStyles.Integer, CultureInfo.InvariantCulture));

    private static EwsResult<Request> Read(XElement subscription, SubscriptionKind kind)
    {
        var folders = Child(subscription, "FolderIds")?.Elements().ToList() ?? [];
        var isForAllFolders = subscription.Attribute("SubscribeToAllFolders") is { } all && XmlConvert.ToBoolean(all.Value.Trim());
        if (folders.Count == 0 && !isForAllFolders)
            return EwsError.InvalidSubscriptionRequest;
        var kinds = Child(subscription, "EventTypes")!.Elements().Select(type => KindOf(type.Value)).OfType<ChangeKind>().ToHashSet();
        return new Request(kind, folders, isForAllFolders, kinds, Child(subscription, "Watermark")?.Value);
    }

    /// <returns>The kind of change, or <c>null</c> for events that never occur here.</returns>
    private static ChangeKind? KindOf(string eventType) => eventType switch
    {
        "CreatedEvent" => ChangeKind.Created,
        "ModifiedEvent" => ChangeKind.Modified,
        "MovedEvent" => ChangeKind.Moved,
        "CopiedEvent" => ChangeKind.Copied,
        "DeletedEvent" => ChangeKind.Deleted,
        _ => null,
    };

    private static XElement? Child(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private EwsResult<Subscribed> Add(Request request, Caller caller, MailboxState mailbox)
    {
        var found = new List<MailboxFolder>();
        foreach (var id in request.IsForAllFolders ? [] : request.Folders)
        {
            var folder = folders.Find(id, mailbox);
            if (!folder.Succeeded)
                return folder.Error == EwsError.AccessDenied ? EwsError.SubscriptionDelegateAccessNotSupported : folder.Error;
            found.Add(folder.Value);
        }

        var position = new Watermark(mailbox.Log.Id, mailbox.Log.End);
        if (request.Watermark is { } text)
        {
            if (Watermark.Read(text, mailbox.MailboxGuid) is not { } read || !mailbox.Log.Continues(read.LogId, read.Position))
                return EwsError.InvalidWatermark;
            position = read;
        }

        var filter = new EventFilter(request.IsForAllFolders ? null : found, request.Kinds);
        var subscription = new Subscription(
            request.Kind, caller.Mailbox, push.Subscriptions.OwnerOf(caller), filter, position, request.Lifetime)
        {
            Id = Subscription.CreateId(push.Realms.NewSubscriptionGuid(caller.Mailbox)),
            Clock = push.Realms.ClockOf(caller.Mailbox.Realm),
        };
        return push.Subscriptions.Add(subscription).Select(added =>
        {
            if (request.Receiver is { } receiver)
                push.Start(added, receiver);
            return new Subscribed(
                added.Id, request.Kind == SubscriptionKind.Streaming ? null : position.ToString(mailbox.MailboxGuid));
        });
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    public const string Schema = RequestSchema + ResponseSchema;

    /// <summary>The schema with the watermark in the messages namespace, where exchangelib writes it.</summary>
    public const string AcceptedSchema = AcceptedRequestSchema + ResponseSchema;

    /// <summary>The elements after the watermark, which are in the types namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string AcceptedTypes = """
        <xs:group name="PullSubscriptionEnd">
          <xs:sequence>
            <xs:element name="Timeout" type="t:SubscriptionTimeoutType" />
          </xs:sequence>
        </xs:group>

        <xs:group name="PushSubscriptionEnd">
          <xs:sequence>
            <xs:element name="StatusFrequency" type="t:SubscriptionStatusFrequencyType" />
            <xs:element name="URL" type="xs:string" />
            <xs:element name="CallerData" type="xs:string" minOccurs="0" />
          </xs:sequence>
        </xs:group>
        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string RequestSchema = """
        <xs:complexType name="SubscribeType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:choice>
                <xs:element name="PullSubscriptionRequest" type="t:PullSubscriptionRequestType" />
                <xs:element name="PushSubscriptionRequest" type="t:PushSubscriptionRequestType" />
                <xs:element name="StreamingSubscriptionRequest" type="t:StreamingSubscriptionRequestType" />
              </xs:choice>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="Subscribe" type="m:SubscribeType" />


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string AcceptedRequestSchema = """
        <xs:complexType name="SubscribeType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:choice>
                <xs:element name="PullSubscriptionRequest" type="m:AcceptedPullSubscriptionRequestType" />
                <xs:element name="PushSubscriptionRequest" type="m:AcceptedPushSubscriptionRequestType" />
                <xs:element name="StreamingSubscriptionRequest" type="t:StreamingSubscriptionRequestType" />
              </xs:choice>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="Subscribe" type="m:SubscribeType" />

        <xs:complexType name="AcceptedPullSubscriptionRequestType">
          <xs:complexContent>
            <xs:extension base="t:BaseSubscriptionRequestType">
              <xs:sequence>
                <xs:element name="Watermark" type="t:WatermarkType" />
                <xs:group ref="t:PullSubscriptionEnd" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="AcceptedPushSubscriptionRequestType">
          <xs:complexContent>
            <xs:extension base="t:BaseSubscriptionRequestType">
              <xs:sequence>
                <xs:element name="Watermark" type="t:WatermarkType" />
                <xs:group ref="t:PushSubscriptionEnd" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string ResponseSchema = """
        <xs:complexType name="SubscribeResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="SubscriptionId" type="t:SubscriptionIdType" minOccurs="0" />
                <xs:element name="Watermark" type="t:WatermarkType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="SubscribeResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SubscribeResponse" type="m:SubscribeResponseType" />
        """;
}
