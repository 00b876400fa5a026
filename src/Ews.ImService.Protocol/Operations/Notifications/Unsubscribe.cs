using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Ends a subscription.</summary>
/// <remarks>
/// Learn: "Unsubscribe operation". Exchange 2007 and later. For a push subscription, Learn names ErrorInvalidPullSubscriptionId; the tests
/// of
/// exchangelib found ErrorInvalidSubscription on servers.
/// </remarks>
internal sealed class Unsubscribe(Subscriptions subscriptions) : BatchOperation<string, Done>
{
    public override string SinceVersion => "Exchange2007";

    protected override IEnumerable<EwsResult<string>> ReadParts(RequestReader request)
    {
        yield return request.Text("SubscriptionId");
    }

    protected override Task<EwsResult<List<EwsResult<Done>>>> ExecuteAsync(
        List<EwsResult<string>> parts, Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult<EwsResult<List<EwsResult<Done>>>>(
            parts.ConvertAll(part => part.Then(id => subscriptions.Find(id, caller)).Then(Delete)));

    /// <summary>Deletes a subscription; a push subscription is ended by its receiver.</summary>
    private EwsResult<Done> Delete(Subscription subscription)
    {
        if (subscription.Kind == SubscriptionKind.Push)
            return EwsError.InvalidSubscription;
        subscriptions.Delete(subscription);
        return default(Done);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="UnsubscribeType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SubscriptionId" type="t:SubscriptionIdType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="Unsubscribe" type="m:UnsubscribeType" />

        <xs:complexType name="UnsubscribeResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="UnsubscribeResponse" type="m:UnsubscribeResponseType" />
        """;
}
