using System.Collections.Immutable;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Schema;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class ContactPropertyTests
{
    [Fact]
    public void Every_property_that_can_be_set_has_an_element()
    {
        ContactProperty.All.Should().OnlyContain(property => ItemFields.At(property.Path) != null || ItemFields.IsEntry(property.Path));
    }

    [Theory]
    [InlineData("item:Importance", "ImportanceChoicesType")]
    [InlineData("item:Sensitivity", "SensitivityChoicesType")]
    [InlineData("contacts:FileAsMapping", "FileAsMappingType")]
    [InlineData("contacts:PostalAddressIndex", "PhysicalAddressIndexType")]
    public void Choices_of_a_property_are_those_of_the_schema(string path, string schemaType)
    {
        var rule = ContactProperty.Find(path)!.Rule;
        var choices = EwsSchema.ChoicesOf(schemaType).ToList();

        choices.Should().NotBeEmpty().And.OnlyContain(choice => rule.Normalize(ImmutableArray.Create(choice)) != null);
        rule.Description.Split([", ", " or "], StringSplitOptions.None).Should().BeEquivalentTo(choices);
    }

    [Fact]
    public void Mailbox_types_of_an_email_address_are_those_of_the_schema()
    {
        var rule = ContactValueRule.EmailAddress;
        var types = EwsSchema.ChoicesOf("MailboxTypeType").ToList();

        types.Should().NotBeEmpty().And.OnlyContain(type => rule.Normalize(ImmutableArray.Create("a@contoso.com", "", "", type)) != null);
        rule.Description.Should().Contain($"({string.Join(", ", types[..^1])} or {types[^1]})");
    }
}
