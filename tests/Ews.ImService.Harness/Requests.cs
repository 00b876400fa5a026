using System.Globalization;
using System.Text;

namespace Ews.ImService.Harness;

/// <summary>Writes requests. Names and ids must not contain characters that XML escapes.</summary>
public static class Requests
{
    /// <summary>The path of the service.</summary>
    public const string EwsPath = "/EWS/Exchange.asmx";

    /// <summary>The content type of requests.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    /// <summary>The request that reads the IM list.</summary>
    public const string GetImItemList = "<m:GetImItemList/>";

    /// <summary>Returns the request that adds a group.</summary>
    public static string AddImGroup(string name) => $"<m:AddImGroup><m:DisplayName>{name}</m:DisplayName></m:AddImGroup>";

    /// <summary>Returns the request that renames a group.</summary>
    public static string SetImGroup(string groupId, string newName) =>
        $"<m:SetImGroup>{ItemId("GroupId", groupId)}<m:NewDisplayName>{newName}</m:NewDisplayName></m:SetImGroup>";

    /// <summary>Returns the request that removes a group.</summary>
    public static string RemoveImGroup(string groupId) => $"<m:RemoveImGroup>{ItemId("GroupId", groupId)}</m:RemoveImGroup>";

    /// <summary>Returns the request that adds a distribution group.</summary>
    public static string AddDistributionGroup(string address, string name) =>
        $"<m:AddDistributionGroupToImList><m:SmtpAddress>{address}</m:SmtpAddress><m:DisplayName>{name}</m:DisplayName>"
        + "</m:AddDistributionGroupToImList>";

    /// <summary>Returns the request that removes a distribution group.</summary>
    public static string RemoveDistributionGroup(string groupId) =>
        $"<m:RemoveDistributionGroupFromImList>{ItemId("GroupId", groupId)}</m:RemoveDistributionGroupFromImList>";

    /// <summary>Returns the request that adds a contact to a group, or to the system group Other Contacts.</summary>
    public static string AddNewImContact(string address, string? groupId = null) =>
        $"<m:AddNewImContactToGroup><m:ImAddress>{address}</m:ImAddress>{ItemId("GroupId", groupId)}</m:AddNewImContactToGroup>";

    /// <summary>Returns the request that adds a phone contact to a group, or to the system group Other Contacts.</summary>
    public static string AddNewTelUriContact(string telUri, string? groupId = null) =>
        $"<m:AddNewTelUriContactToGroup><m:TelUriAddress>{telUri}</m:TelUriAddress>"
        + "<m:ImContactSipUriAddress>sip:phone@contoso.com</m:ImContactSipUriAddress><m:ImTelephoneNumber>5625550100</m:ImTelephoneNumber>"
        + $"{ItemId("GroupId", groupId)}</m:AddNewTelUriContactToGroup>";

    /// <summary>Returns the request that adds an existing contact to a group.</summary>
    public static string AddImContactToGroup(string contactId, string groupId) =>
        $"<m:AddImContactToGroup>{ItemId("ContactId", contactId)}{ItemId("GroupId", groupId)}</m:AddImContactToGroup>";

    /// <summary>Returns the request that removes a contact from a group.</summary>
    public static string RemoveImContactFromGroup(string contactId, string groupId) =>
        $"<m:RemoveImContactFromGroup>{ItemId("ContactId", contactId)}{ItemId("GroupId", groupId)}</m:RemoveImContactFromGroup>";

    /// <summary>Returns the request that removes a contact from the list.</summary>
    public static string RemoveContactFromImList(string contactId) =>
        $"<m:RemoveContactFromImList>{ItemId("ContactId", contactId)}</m:RemoveContactFromImList>";

    /// <summary>Returns the request that creates ordinary contacts.</summary>
    /// <param name="contacts">The content of each contact.</param>
    public static string CreateItem(IEnumerable<string> contacts) =>
        $"<m:CreateItem><m:Items>{string.Concat(contacts.Select(contact => $"<t:Contact>{contact}</t:Contact>"))}</m:Items></m:CreateItem>";

    /// <summary>Returns the request that sets one property of a contact.</summary>
    /// <param name="itemId">The id of the contact.</param>
    /// <param name="changeKey">The change key that the client read, or <c>null</c> for none.</param>
    /// <param name="conflictResolution">The rule for changes that the client did not read.</param>
    /// <param name="path">The path of the property.</param>
    /// <param name="content">The element of the property.</param>
    public static string UpdateItem(string itemId, string? changeKey, string conflictResolution, string path, string content) =>
        $"<m:UpdateItem ConflictResolution='{conflictResolution}'><m:ItemChanges><t:ItemChange><t:ItemId Id='{itemId}'"
        + (changeKey is null ? "" : $" ChangeKey='{changeKey}'")
        + $"/><t:Updates><t:SetItemField><t:FieldURI FieldURI='{path}'/><t:Contact>{content}</t:Contact></t:SetItemField></t:Updates>"
        + "</t:ItemChange></m:ItemChanges></m:UpdateItem>";

    /// <summary>Returns the request that deletes items.</summary>
    public static string DeleteItem(IEnumerable<string> ids) =>
        $"<m:DeleteItem DeleteType='HardDelete'><m:ItemIds>{string.Concat(ids.Select(id => $"<t:ItemId Id='{id}'/>"))}</m:ItemIds>"
        + "</m:DeleteItem>";

    /// <summary>Returns a SOAP request.</summary>
    /// <param name="operation">The element of the operation.</param>
    /// <param name="mailbox">The mailbox. A request for another than the default mailbox uses impersonation.</param>
    public static string Envelope(string operation, string mailbox)
    {
        var impersonation = mailbox == Mailboxes.Default
            ? ""
            : "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>" + mailbox
                + "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>";
        return """<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" """
            + """xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" """
            + """xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><soap:Header>"""
            + $"""<t:RequestServerVersion Version="Exchange2013"/>{impersonation}</soap:Header>"""
            + $"<soap:Body>{operation}</soap:Body></soap:Envelope>";
    }

    /// <summary>Returns an HTTP request with a SOAP request.</summary>
    public static byte[] Http(string path, string operation, string mailbox)
    {
        var body = Envelope(operation, mailbox);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {ContentType}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }

    private static string ItemId(string element, string? id) => id is null ? "" : $"<m:{element} Id='{id}'/>";
}
