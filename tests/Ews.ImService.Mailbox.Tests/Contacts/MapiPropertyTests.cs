namespace Ews.ImService.Mailbox.Tests.Contacts;

public sealed class MapiPropertyTests
{
    [Fact]
    public void Properties_that_were_stored_by_both_names_keep_the_value_of_the_path()
    {
        var stored = ContactProperties.Empty
            .With("extended:0x3a06:String", "Extended").With(ContactPath.GivenName, "Plain")
            .With("extended:0x3a11:String", "Smith")
            .With("extended:0x0017:Integer", "9")
            .With("extended:0x6001:String", "other");

        var unified = MapiProperty.Unify(stored);

        unified.All.Select(pair => (pair.Key, pair.Value.Single())).Should().BeEquivalentTo(
            [(ContactPath.GivenName, "Plain"), (ContactPath.Surname, "Smith"), ("extended:0x6001:String", "other")]);
    }

    [Theory]
    [InlineData("en-US", 0x0409)]
    [InlineData("EN-us", 0x0409)]
    [InlineData("de", 0x0007)]
    [InlineData("sr-Latn-RS", 0x241A)]
    public void A_culture_has_a_number(string name, int id)
    {
        LocaleIds.FindId(name).Should().Be(id);
        LocaleIds.FindName(id).Should().BeEquivalentTo(name);
    }

    [Fact]
    public void An_unknown_culture_has_no_number()
    {
        LocaleIds.FindId("tlh").Should().BeNull();
        LocaleIds.FindName(0x7FFF).Should().BeNull();
    }
}
