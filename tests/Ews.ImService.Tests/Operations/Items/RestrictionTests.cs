namespace Ews.ImService.Tests.Operations.Items;

public sealed class RestrictionTests
{
    private const string Private = "DistinguishedPropertySetId='Common' PropertyId='34054' PropertyType='Boolean'";

    /// <summary>The contacts that the restrictions select from.</summary>
    private static readonly string[] Contacts =
    [
        "<t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>"
            + Extended("PropertyTag='0x6001' PropertyType='Integer'", "5") + Extended("PropertyTag='0x6002' PropertyType='Binary'", "AQID")
            + "<t:DisplayName>Zoë Ångström</t:DisplayName><t:Birthday>1980-02-01T00:00:00Z</t:Birthday>",
        "<t:Sensitivity>Private</t:Sensitivity><t:Categories><t:String>Red</t:String><t:String>Blue</t:String></t:Categories>"
            + "<t:Importance>High</t:Importance>" + Extended("PropertyTag='0x6001' PropertyType='Integer'", "2")
            + "<t:DisplayName>Ben Lee Smith</t:DisplayName><t:Birthday>1990-02-01T00:00:00Z</t:Birthday>",
        "<t:DisplayName>ann</t:DisplayName>",
    ];

    [Theory]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:ReminderIsSet'/>", "true", "Zoë Ångström")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:ReminderIsSet'/>", "1", "Zoë Ångström")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:ReminderIsSet'/>", "0", "Ben Lee Smith,ann")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:HasAttachments'/>", "0", "Zoë Ångström,Ben Lee Smith,ann")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:IsDraft'/>", "false", "Zoë Ångström,Ben Lee Smith,ann")]
    [InlineData("IsEqualTo", "<t:ExtendedFieldURI " + Private + "/>", "1", "Ben Lee Smith")]
    [InlineData("IsGreaterThan", "<t:FieldURI FieldURI='item:ReminderMinutesBeforeStart'/>", "9", "Zoë Ångström")]
    [InlineData("IsGreaterThan", "<t:FieldURI FieldURI='item:Size'/>", "9", "Zoë Ångström,Ben Lee Smith,ann")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:Importance'/>", "High", "Ben Lee Smith")]
    [InlineData("IsNotEqualTo", "<t:FieldURI FieldURI='item:Importance'/>", "High", "Zoë Ångström,ann")]
    [InlineData("IsGreaterThan", "<t:ExtendedFieldURI PropertyTag='0x17' PropertyType='Integer'/>", "1", "Ben Lee Smith")]
    [InlineData("IsEqualTo", "<t:ExtendedFieldURI PropertyTag='0x6002' PropertyType='Binary'/>", " A Q I D ", "Zoë Ångström")]
    [InlineData("IsLessThan", "<t:FieldURI FieldURI='contacts:Birthday'/>", "1985-01-01T00:00:00Z", "Zoë Ångström")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='contacts:Birthday'/>", "1980-02-01T02:00:00+02:00", "Zoë Ångström")]
    [InlineData("IsNotEqualTo", "<t:FieldURI FieldURI='contacts:Birthday'/>", "1980-02-01T00:00:00Z", "Ben Lee Smith,ann")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:Categories'/>", "blue", "Ben Lee Smith")]
    public async Task A_constant_is_compared_as_a_value_of_the_type_of_the_property(string test, string path, string constant, string names)
    {
        (await FindAsync(Comparison(test, path, constant))).Should().Be(names);
    }

    [Theory]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:ReminderIsSet'/>", "perhaps")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:ReminderMinutesBeforeStart'/>", "many")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='item:Importance'/>", "Urgent")]
    [InlineData("IsGreaterThan", "<t:FieldURI FieldURI='item:Importance'/>", "Low")]
    [InlineData("IsLessThanOrEqualTo", "<t:FieldURI FieldURI='contacts:FileAsMapping'/>", "None")]
    [InlineData("IsEqualTo", "<t:FieldURI FieldURI='contacts:Birthday'/>", "soon")]
    [InlineData("IsEqualTo", "<t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='Integer'/>", "a")]
    [InlineData("IsEqualTo", "<t:ExtendedFieldURI PropertyTag='0x6002' PropertyType='Binary'/>", "?")]
    public async Task A_constant_of_another_type_is_rejected(string test, string path, string constant)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem("contacts", rest: Restriction(Comparison(test, path, constant)))))
            .Should().BeError("ErrorInvalidValueForProperty", "The specified value is invalid for property.");
    }

    [Theory]
    [InlineData("0x6", "ann")]
    [InlineData("2", "Zoë Ångström,ann")]
    [InlineData("8", "Zoë Ångström,Ben Lee Smith,ann")]
    public async Task Items_without_a_bit_of_the_mask_match(string mask, string names)
    {
        (await FindAsync(
            $"<t:Excludes><t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='Integer'/><t:Bitmask Value='{mask}'/></t:Excludes>"))
            .Should().Be(names);
    }

    [Theory]
    [InlineData("FullString", "Exact", "ann", "ann")]
    [InlineData("FullString", "Exact", "Ann", "")]
    [InlineData("FullString", "Loose", "ann", "ann")]
    [InlineData("FullString", "IgnoreCase", "ANN", "ann")]
    [InlineData("FullString", "LooseAndIgnoreCase", "ANN", "ann")]
    [InlineData("Prefixed", "IgnoreNonSpacingCharacters", "Zoe Ang", "Zoë Ångström")]
    [InlineData("Prefixed", "IgnoreNonSpacingCharacters", "zoe Ang", "")]
    [InlineData("Prefixed", "LooseAndIgnoreNonSpace", "Zoe", "Zoë Ångström")]
    [InlineData("Substring", "IgnoreCaseAndNonSpacingCharacters", "ANGSTROM", "Zoë Ångström")]
    [InlineData("Substring", "LooseAndIgnoreCaseAndIgnoreNonSpace", "angstrom", "Zoë Ångström")]
    [InlineData("Substring", "IgnoreCase", "strom", "")]
    [InlineData("PrefixOnWords", "Exact", "Smi Be", "Ben Lee Smith")]
    [InlineData("PrefixOnWords", "Exact", "Smi Xe", "")]
    [InlineData("ExactPhrase", "Exact", "Lee Smith", "Ben Lee Smith")]
    [InlineData("ExactPhrase", "Exact", "Lee Smit", "")]
    [InlineData("ExactPhrase", "Exact", "Ben Smith", "")]
    public async Task A_text_contains_the_constant_as_the_mode_and_the_comparison_determine(
        string mode, string comparison, string constant, string names)
    {
        (await FindAsync(
            $"<t:Contains ContainmentMode='{mode}' ContainmentComparison='{comparison}'>"
                + $"<t:FieldURI FieldURI='contacts:DisplayName'/><t:Constant Value='{constant}'/></t:Contains>")).Should().Be(names);
    }

    [Theory]
    [InlineData("<t:FieldURI FieldURI='contacts:Birthday'/>")]
    [InlineData("<t:FieldURI FieldURI='item:Importance'/>")]
    [InlineData("<t:ExtendedFieldURI PropertyTag='0x6001' PropertyType='Integer'/>")]
    public async Task Only_a_text_can_contain_a_constant(string path)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem(
            "contacts", rest: Restriction($"<t:Contains>{path}<t:Constant Value='a'/></t:Contains>"))))
            .Should().BeError("ErrorContainsFilterWrongType", "The Contains filter can only be used for string properties.");
    }

    [Theory]
    [InlineData("item:IsDraft")]
    [InlineData("item:IsSubmitted")]
    [InlineData("item:IsUnmodified")]
    [InlineData("item:IsResend")]
    [InlineData("item:IsFromMe")]
    public async Task A_flag_that_every_item_has_cannot_be_tested_for_existence(string path)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem(
            "contacts", rest: Restriction($"<t:Exists><t:FieldURI FieldURI='{path}'/></t:Exists>"))))
            .Should().BeError(
                "ErrorInvalidPropertyForExists", "Property cannot be used in Exists expression.  Use IsEqualTo instead.");
    }

    [Theory]
    [InlineData("contacts:Companies")]
    [InlineData("item:Culture")]
    [InlineData("item:ReminderDueBy")]
    [InlineData("contacts:CompleteName")]
    [InlineData("contacts:PhoneNumbers")]
    [InlineData("item:EffectiveRights")]
    [InlineData("item:ParentFolderId")]
    [InlineData("item:ItemId")]
    [InlineData("item:MimeContent")]
    [InlineData("item:UniqueBody")]
    [InlineData("item:NormalizedBody")]
    [InlineData("item:TextBody")]
    [InlineData("item:ResponseObjects")]
    [InlineData("item:WebClientReadFormQueryString")]
    [InlineData("item:Flag")]
    public async Task A_property_that_Exchange_does_not_search_is_rejected(string path)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem(
            "contacts", rest: Restriction($"<t:Exists><t:FieldURI FieldURI='{path}'/></t:Exists>"))))
            .Should().BeError("ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction.");
    }

    [Fact]
    public async Task No_contact_matches_a_property_of_another_item_type()
    {
        (await FindAsync("<t:Exists><t:FieldURI FieldURI='calendar:Start'/></t:Exists>")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(254, "NoError")]
    [InlineData(255, "ErrorRestrictionTooLong")]
    public async Task A_restriction_has_at_most_255_expressions(int operands, string code)
    {
        await using var service = await TestService.StartAsync();
        var exists = string.Concat(Enumerable.Repeat("<t:Exists><t:FieldURI FieldURI='contacts:Mileage'/></t:Exists>", operands));

        var response = await service.PostAsync(EwsRequest.FindItem("contacts", rest: Restriction($"<t:Or>{exists}</t:Or>")));

        response.Codes().Should().Equal(code);
    }

    [Theory]
    [InlineData(255, "NoError")]
    [InlineData(256, "ErrorRestrictionTooLong")]
    public async Task A_text_is_searched_for_at_most_255_characters(int length, string code)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.FindItem("contacts", rest: Restriction(
            "<t:Contains ContainmentMode='PrefixOnWords'><t:FieldURI FieldURI='item:Body'/>"
                + $"<t:Constant Value='{new string('a', length)}'/></t:Contains>")))).Codes().Should().Equal(code);
    }

    private static async Task<string> FindAsync(string expression)
    {
        await using var service = await TestService.StartAsync();
        (await service.PostAsync(EwsRequest.CreateItem(Contacts))).Should().Succeed();

        var response = (await service.PostAsync(EwsRequest.FindItem("contacts", rest: Restriction(expression)))).Should().Succeed();

        return string.Join(',', response.All("DisplayName").Select(name => name.Value));
    }

    private static string Restriction(string expression) => $"<m:Restriction>{expression}</m:Restriction>";

    private static string Comparison(string test, string path, string constant) =>
        $"<t:{test}>{path}<t:FieldURIOrConstant><t:Constant Value='{constant}'/></t:FieldURIOrConstant></t:{test}>";

    private static string Extended(string attributes, string value) =>
        $"<t:ExtendedProperty><t:ExtendedFieldURI {attributes}/><t:Value>{value}</t:Value></t:ExtendedProperty>";
}
