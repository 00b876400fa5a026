using System.Security;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class QueryStringTests
{
    [Theory]
    [InlineData("", "Anna Smith,Ben Miller,Cleo Brown")]
    [InlineData("smi", "Anna Smith")]
    [InlineData("ANNA sm", "Anna Smith")]
    [InlineData("anna miller", "")]
    [InlineData("mith", "")]
    [InlineData("fabrikam", "Ben Miller")]
    [InlineData("clerk", "Cleo Brown")]
    [InlineData("425555", "Anna Smith")]
    [InlineData("(425) 555", "Anna Smith")]
    [InlineData("redmond", "Ben Miller")]
    [InlineData("blue", "Cleo Brown")]
    [InlineData("ben@contoso.com", "Ben Miller")]
    [InlineData("project", "Anna Smith,Cleo Brown")]
    [InlineData("secret", "")]
    [InlineData("High", "")]
    [InlineData("anna OR ben", "Anna Smith,Ben Miller")]
    [InlineData("anna or ben", "")]
    [InlineData("project AND NOT anna", "Cleo Brown")]
    [InlineData("project -anna", "Cleo Brown")]
    [InlineData("project +cleo", "Cleo Brown")]
    [InlineData("NOT (anna OR ben)", "Cleo Brown")]
    [InlineData("\"sales projections\"", "Anna Smith")]
    [InlineData("\"sales project\"", "")]
    [InlineData("\"sales project\"*", "Anna Smith")]
    [InlineData("\"projections sales\"", "")]
    [InlineData("subject:anna", "Anna Smith")]
    [InlineData("subject:project", "")]
    [InlineData("body:project", "Anna Smith,Cleo Brown")]
    [InlineData("Body:(december OR another)", "Anna Smith,Cleo Brown")]
    [InlineData("category:blue", "Cleo Brown")]
    [InlineData("participants:ben", "Ben Miller")]
    [InlineData("from:contoso", "Ben Miller")]
    [InlineData("importance:high", "Ben Miller")]
    [InlineData("kind:contacts", "Anna Smith,Ben Miller,Cleo Brown")]
    [InlineData("kind:meetings", "")]
    [InlineData("hasattachment:true", "")]
    [InlineData("hasattachment:no", "Anna Smith,Ben Miller,Cleo Brown")]
    [InlineData("isflagged:yes", "")]
    [InlineData("size:>10", "Anna Smith,Ben Miller,Cleo Brown")]
    [InlineData("size:<10", "")]
    [InlineData("received:today", "Anna Smith,Ben Miller,Cleo Brown")]
    [InlineData("received:this year anna", "Anna Smith")]
    [InlineData("received:yesterday", "")]
    [InlineData("sent:last week", "")]
    [InlineData("sent:>1/1/2020", "Anna Smith,Ben Miller,Cleo Brown")]
    [InlineData("sent:<=1/1/2020", "")]
    [InlineData("sent:1/1/2020..12/31/2021", "")]
    [InlineData("sent:12/31/9999", "")]
    [InlineData("sent:<=9999-12-31 anna", "Anna Smith")]
    [InlineData("sent:1/1/0001", "")]
    [InlineData("sent:never", "")]
    [InlineData("sip:anna", "")]
    [InlineData("anna)(", "Anna Smith")]
    [InlineData("anna OR", "Anna Smith")]
    [InlineData("NOT", "Anna Smith,Ben Miller,Cleo Brown")]
    public async Task A_query_finds_items_by_words_properties_and_operators(string query, string names)
    {
        await using var service = await TestService.StartAsync();
        (await service.PostAsync(EwsRequest.CreateItem(
            "<t:Body BodyType='HTML'>&lt;p&gt;December &lt;b&gt;sales&lt;/b&gt; projections&lt;/p&gt;</t:Body>"
                + "<t:DisplayName>Anna Smith</t:DisplayName>"
                + "<t:PhoneNumbers><t:Entry Key='HomePhone'>(425) 555-0100</t:Entry></t:PhoneNumbers>",
            "<t:Importance>High</t:Importance><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='String'/>"
                + "<t:Value>secret</t:Value></t:ExtendedProperty><t:DisplayName>Ben Miller</t:DisplayName>"
                + "<t:CompanyName>Fabrikam</t:CompanyName>"
                + "<t:EmailAddresses><t:Entry Key='EmailAddress1'>ben@contoso.com</t:Entry></t:EmailAddresses>"
                + "<t:PhysicalAddresses><t:Entry Key='Home'><t:City>Redmond</t:City></t:Entry></t:PhysicalAddresses>",
            "<t:Body BodyType='Text'>another project</t:Body><t:Categories><t:String>Blue</t:String></t:Categories>"
                + "<t:DisplayName>Cleo Brown</t:DisplayName><t:JobTitle>Clerk</t:JobTitle>"))).Should().Succeed();

        var response = (await service.PostAsync(EwsRequest.FindItem(
            "contacts", query: $"<m:QueryString>{SecurityElement.Escape(query)}</m:QueryString>"))).Should().Succeed();

        string.Join(',', response.All("DisplayName").Select(name => name.Value)).Should().Be(names);
    }

    [Fact]
    public async Task A_query_excludes_a_restriction()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem(
            "contacts",
            rest: "<m:Restriction><t:Exists><t:FieldURI FieldURI='contacts:Mileage'/></t:Exists></m:Restriction>",
            query: "<m:QueryString>a</m:QueryString>"))).Codes().Should().Equal("ErrorInvalidArgument");
    }

    [Theory]
    [InlineData("", "a ", "")]
    [InlineData("", "a OR ", "")]
    [InlineData("", "a AND ", "")]
    [InlineData("", "NOT a ", "")]
    [InlineData("subject:(", "-a ", ")")]
    [InlineData("\"", "a ", "\"")]
    [InlineData("", "a.", "")]
    [InlineData("", "a:", "")]
    [InlineData("", ". ", "")]
    public async Task A_query_has_at_most_255_words(string start, string word, string end)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(Query(255))).Codes().Should().Equal("NoError");
        (await service.PostAsync(Query(256))).Codes().Should().Equal("ErrorRestrictionTooLong");

        string Query(int words) => EwsRequest.FindItem(
            "contacts", query: $"<m:QueryString>{start}{string.Concat(Enumerable.Repeat(word, words))}{end}</m:QueryString>");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("-")]
    [InlineData("subject:")]
    [InlineData("NOT ")]
    public async Task A_query_of_many_operators_is_read(string part)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem(
            "contacts", query: $"<m:QueryString>{string.Concat(Enumerable.Repeat(part, 50_000))}</m:QueryString>"))).Should().Succeed();
    }
}
