using System.Security;

namespace Ews.ImService.Tests.Operations.Items;

/// <summary>The requests of DavMail, which names nearly all properties of a contact by MAPI property.</summary>
public sealed class DavMailTests
{
    private const string Address = "DistinguishedPropertySetId='Address' PropertyId='{0}'";

    /// <summary>The properties of a contact: the extended property without its type, the type, and the value.</summary>
    private static readonly (string Field, string Type, string Value)[] Properties =
    [
        ("PropertyTag='0x10f3'", "String", "1234.vcf"),
        ("PropertyTag='0x1a'", "String", "IPM.Contact"),
        ("PropertyTag='0x3001'", "String", "Ann Smith"),
        ("PropertyTag='0x3a06'", "String", "Ann"),
        ("PropertyTag='0x3a44'", "String", "M."),
        ("PropertyTag='0x3a11'", "String", "Smith"),
        ("PropertyTag='0x3a45'", "String", "Dr."),
        ("PropertyTag='0x3a16'", "String", "Contoso"),
        ("PropertyTag='0x3a17'", "String", "Director"),
        ("PropertyTag='0x3a08'", "String", "+1 555 0100"),
        ("PropertyTag='0x3a1c'", "String", "+1 555 0101"),
        (Set(32838), "String", "Redmond"),
        (Set(32841), "String", "USA"),
        ("PropertyTag='0x3a59'", "String", "Bonn"),
        ("PropertyTag='0x3a5e'", "String", "PO 7"),
        (Set(32795), "String", "Redmond, USA"),
        (Set(32866), "String", "ann@im.contoso.com"),
        ("PropertyTag='0x3a42'", "SystemTime", "1980-02-01T00:00:00Z"),
        ("PropertyTag='0x1000'", "String", "Notes of Ann"),
        ("DistinguishedPropertySetId='PublicStrings' PropertyName='Keywords'", "StringArray", "Friends"),
        ("DistinguishedPropertySetId='Common' PropertyId='34054'", "Boolean", "true"),
        (Set(32789), "Boolean", "true"),
        (Set(32847), "String", "custom"),
    ];

    [Fact]
    public async Task A_contact_is_created_found_read_and_updated_by_MAPI_properties()
    {
        await using var service = await TestService.StartAsync();
        var fields = string.Concat(Properties.Select(property => Field(property.Field, property.Type)));
        var id = (await service.PostAsync(EwsRequest.CreateItem(
            string.Concat(Properties.Select(Element)) + "<t:FileAs>Smith, Ann</t:FileAs><t:EmailAddresses>"
                + "<t:Entry Key='EmailAddress1'>ann@contoso.com</t:Entry></t:EmailAddresses>"))).Should().Succeed().Id("ItemId");

        var found = (await service.PostAsync(EwsRequest.FindItem("contacts", "IdOnly", fields, rest: """
            <m:Restriction><t:And>
              <t:IsEqualTo>
                <t:ExtendedFieldURI PropertyTag="0x1a" PropertyType="String"/>
                <t:FieldURIOrConstant><t:Constant Value="IPM.Contact"/></t:FieldURIOrConstant>
              </t:IsEqualTo>
              <t:IsEqualTo>
                <t:ExtendedFieldURI PropertyTag="0x10f3" PropertyType="String"/>
                <t:FieldURIOrConstant><t:Constant Value="1234.vcf"/></t:FieldURIOrConstant>
              </t:IsEqualTo>
            </t:And></m:Restriction>
            """))).Should().Succeed();

        found.Id("ItemId").Should().Be(id);
        found.All("Value").Select(value => value.Value).Should().Equal(Properties.Select(property => property.Value));
        var item = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();
        item.Value("DisplayName").Should().Be("Ann Smith");
        item.Value("FileAs").Should().Be("Smith, Ann");
        item.Value("Sensitivity").Should().Be("Private");
        item.Value("HasPicture").Should().Be("true");
        item.Value("Title").Should().Be("Dr.");
        item.All("City").Select(city => city.Value).Should().Equal("Bonn", "Redmond");
        item.All("String").Select(category => category.Value).Should().Equal("Friends");

        (await service.PostAsync(EwsRequest.UpdateItem(
            id,
            string.Concat(Properties.Select(property => property.Value == "Director"
                ? $"<t:DeleteItemField>{Field(property.Field, property.Type)}</t:DeleteItemField>"
                : $"<t:SetItemField>{Field(property.Field, property.Type)}<t:Contact>{Element(property)}</t:Contact></t:SetItemField>"))
            + "<t:DeleteItemField><t:IndexedFieldURI FieldURI='contacts:EmailAddress' FieldIndex='EmailAddress1'/></t:DeleteItemField>")))
            .Should().Succeed();

        var updated = (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();
        updated.All("JobTitle").Should().BeEmpty();
        updated.All("EmailAddresses").Should().BeEmpty();
        updated.Value("GivenName").Should().Be("Ann");
    }

    private static string Set(int id) => Address.Replace("{0}", $"{id}", StringComparison.Ordinal);

    private static string Field(string field, string type) => $"<t:ExtendedFieldURI {field} PropertyType='{type}'/>";

    private static string Element((string Field, string Type, string Value) property)
    {
        var value = $"<t:Value>{SecurityElement.Escape(property.Value)}</t:Value>";
        var content = property.Type == "StringArray" ? $"<t:Values>{value}</t:Values>" : value;
        return $"<t:ExtendedProperty>{Field(property.Field, property.Type)}{content}</t:ExtendedProperty>";
    }
}
