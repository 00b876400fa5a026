using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Ews.ImService.Replaying;

namespace Ews.ImService.Tests.Replaying;

public sealed class ResponseComparerTests
{
    private const string Group = "<m:ImGroup><t:DisplayName>Team</t:DisplayName><t:GroupType>UserGroup</t:GroupType></m:ImGroup>";
    private const string TaggedGroup = "<m:ImGroup><t:DisplayName>Team</t:DisplayName><t:GroupType>Tagged</t:GroupType></m:ImGroup>";

    private readonly IdMap _ids = new();

    [Fact]
    public void Equal_responses_with_other_ids_times_prefixes_and_versions_have_no_difference()
    {
        var recorded = Envelope(
            """
            <m:R>
              <t:ItemId Id="A" ChangeKey="K1"/><t:LastModifiedTime>2020-01-01T00:00:00Z</t:LastModifiedTime>
              <m:Watermark>W1</m:Watermark>
            </m:R>
            """,
            "<t:ServerVersionInfo MajorVersion='15'/>");
        var actual = XElement.Parse("""
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>
            <ServerVersionInfo MajorVersion="14" xmlns="http://schemas.microsoft.com/exchange/services/2006/types"/></e:Header><e:Body>
            <R xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"
            xmlns:x="http://schemas.microsoft.com/exchange/services/2006/types">
            <x:ItemId ChangeKey="K2" Id="B"/><!-- A comment. --><x:LastModifiedTime>2026-11-22T08:00:00.123Z</x:LastModifiedTime>
            <Watermark>W2</Watermark></R></e:Body></e:Envelope>
            """);

        new ResponseComparer(_ids, new PathPatterns([])).Compare(recorded, actual).Should().BeEmpty();
    }

    [Fact]
    public void A_different_text_is_reported_with_its_path_and_both_values() =>
        Compare(Group, TaggedGroup).Should().Equal(
            "R/ImGroup/GroupType: recorded 'UserGroup', actual 'Tagged'");

    [Fact]
    public void White_space_in_a_text_is_a_difference() =>
        Compare("<m:A>a </m:A>", "<m:A>a</m:A>").Should().Equal("R/A: recorded 'a ', actual 'a'");

    [Fact]
    public void A_missing_and_an_added_element_are_reported_without_their_siblings() =>
        Compare("<m:A/><m:B>1</m:B><m:C/>", "<m:A/><m:C/><m:D>2</m:D>").Should().Equal(
            "R/B: recorded '<B>1</B>', actual none",
            "R/D: recorded none, actual '<D>2</D>'");

    [Fact]
    public void Another_order_is_a_difference() =>
        Compare("<m:A/><m:B/>", "<m:B/><m:A/>").Should().Equal(
            "R/A: recorded '<A></A>', actual none",
            "R/A: recorded none, actual '<A></A>'");

    [Fact]
    public void Another_namespace_is_a_difference() =>
        Compare("<m:A/>", "<t:A/>").Should().Equal(
            "R/A: recorded '<A></A>', actual none",
            "R/A: recorded none, actual '<A></A>'");

    [Fact]
    public void Attributes_are_compared_regardless_of_their_order() =>
        Compare("<m:A x='1' y='2' z='3'/>", "<m:A y='2' x='4' w='5'/>").Should().Equal(
            "R/A/@x: recorded '1', actual '4'",
            "R/A/@z: recorded '3', actual none",
            "R/A/@w: recorded none, actual '5'");

    [Fact]
    public void A_missing_item_of_a_list_does_not_change_the_pairs_of_the_others()
    {
        static string Items(params string[] names) =>
            string.Concat(names.Select(name => $"<t:Contact><t:ItemId Id='{name}{names.Length}'/><t:Name>{name}</t:Name></t:Contact>"));

        Compare(Items("Anna", "Ben", "Carol"), Items("Anna", "Carol")).Should().Equal(
            "R/Contact[2]: recorded '<Contact><ItemId Id=\"Ben3\"></ItemId><Name>Ben</Name></Contact>', actual none");
        _ids.Find("Carol3").Should().Be("Carol2");
    }

    [Fact]
    public void Items_of_a_list_are_paired_by_known_ids()
    {
        Compare("<t:ItemId Id='A'/><t:PersonaId Id='B'/>", "<t:ItemId Id='1'/><t:PersonaId Id='2'/>").Should().BeEmpty();

        Compare(
            "<t:Item><t:ItemId Id='A'/></t:Item><t:Item><t:ItemId Id='B'/></t:Item>",
            "<t:Item><t:ItemId Id='9'/></t:Item><t:Item><t:ItemId Id='1'/></t:Item><t:Item><t:ItemId Id='2'/></t:Item>").Should().Equal(
            "R/Item[1]: recorded none, actual '<Item><ItemId Id=\"9\"></ItemId></Item>'");
    }

    [Theory]
    [InlineData("1", "2", "3")]
    [InlineData("1", "1", "2")]
    public void A_recorded_id_is_always_the_same_id_of_the_service(string first, string second, string secondRecorded)
    {
        Compare("<t:ItemId Id='A'/>", $"<t:ItemId Id='{first}'/>").Should().BeEmpty();

        var recorded = secondRecorded == "3" ? "A" : "B";
        Compare($"<t:ItemId Id='{recorded}'/>", $"<t:ItemId Id='{second}'/>").Should().ContainSingle()
            .Which.Should().StartWith($"R/ItemId/@Id: recorded '{recorded}', actual '{second}' (");
    }

    [Theory]
    [InlineData("<t:LastModifiedTime>2020-01-01T00:00:00Z</t:LastModifiedTime>", "<t:LastModifiedTime>now</t:LastModifiedTime>")]
    [InlineData("<t:Birthday>2020-01-01T00:00:00Z</t:Birthday>", "<t:Birthday>2021-01-01T00:00:00Z</t:Birthday>")]
    [InlineData("<m:Watermark>W</m:Watermark>", "<m:Watermark/>")]
    [InlineData("<t:ItemId Id='A'/>", "<t:ItemId Id=''/>")]
    [InlineData("<t:DistinguishedFolderId Id='contacts'/>", "<t:DistinguishedFolderId Id='inbox'/>")]
    [InlineData("<t:TimeZone Id='UTC'/>", "<t:TimeZone Id='CET'/>")]
    public void A_value_that_is_neither_a_time_nor_an_id_of_the_server_is_compared(string recorded, string actual) =>
        Compare(recorded, actual).Should().ContainSingle();

    [Fact]
    public void Faults_are_compared()
    {
        var differences = new ResponseComparer(_ids, new PathPatterns([])).Compare(
            Envelope("<s:Fault><faultcode>a:X</faultcode><detail><t:Line>5</t:Line></detail></s:Fault>"),
            Envelope("<s:Fault><faultcode>a:X</faultcode><detail><t:Line>6</t:Line></detail></s:Fault>"));

        differences.Should().Equal(new Difference("Fault/detail/Line", "5", "6"));
    }

    [Fact]
    public void A_hidden_secret_is_not_compared() =>
        Compare("<t:Password>(hidden)</t:Password>", "<t:Password>p</t:Password>").Should().BeEmpty();

    [Theory]
    [InlineData("GroupType")]
    [InlineData("ImGroup")]
    [InlineData("*/GroupType")]
    [InlineData("/R/ImGroup/GroupType")]
    public void Accepted_paths_are_not_compared(string pattern) => Compare(Group, TaggedGroup, pattern).Should().BeEmpty();

    [Theory]
    [InlineData("Group")]
    [InlineData("/ImGroup/GroupType")]
    [InlineData("*/*/*/GroupType")]
    public void Other_paths_are_compared(string pattern) => Compare(Group, TaggedGroup, pattern).Should().ContainSingle();

    [Fact]
    public void A_pattern_matches_one_index_attributes_and_missing_elements()
    {
        Compare("<m:A>1</m:A><m:A>2</m:A>", "<m:A>3</m:A><m:A>4</m:A>", "A[2]").Should().Equal("R/A[1]: recorded '1', actual '3'");
        Compare("<m:A x='1'/>", "<m:A x='2'/>", "@x").Should().BeEmpty();
        Compare("<m:A/>", "", "A").Should().BeEmpty();
    }

    [Fact]
    public void A_file_of_paths_has_comments() =>
        PathPatterns.Read("# Times of Exchange\r\n\r\n  A/B \r\nC\n").Should().Equal("A/B", "C");

    [Fact]
    public void The_documentation_names_all_variable_content()
    {
        var page = File.ReadAllText(Page());

        VariableContent.ChangeKeys
            .Concat(VariableContent.Tokens)
            .Concat(VariableContent.Times)
            .Concat(VariableContent.Links)
            .Concat(VariableContent.ServerDescriptions)
            .Append(VariableContent.MimeContent)
            .Should().OnlyContain(name => page.Contains($"`{name}`"));
    }

    private static string Page([CallerFilePath] string testFile = "") =>
        Path.GetFullPath("../../../docs/record-and-replay.md", Path.GetDirectoryName(testFile)!);

    private static XElement Envelope(string body, string header = "") => XElement.Parse($"""
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
        xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
        <s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>
        """);

    private IEnumerable<string> Compare(string recorded, string actual, params string[] accepted) =>
        new ResponseComparer(_ids, new PathPatterns(accepted))
            .Compare(Envelope($"<m:R>{recorded}</m:R>"), Envelope($"<m:R>{actual}</m:R>")).Select(difference => difference.ToString());
}
