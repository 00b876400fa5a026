using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;

namespace Ews.ImService.Tests.Control.Documents;

public sealed class DocumentReaderTests
{
    private const int MaxValues = 3_000_000;

    [Fact]
    public void Every_violation_is_listed_with_its_path()
    {
        var (_, problems) = Read("""
            { "mailboxes": [
              { "smtpAddress": 1, "mailboxGuid": "x", "groups": [{ "displayName": "", "type": "Team", "members": [true, "a@b.c"] }] },
              { "smtpAddress": "a@b.c", "imListMigrationCompleted": "yes", "lastCounter": 1.5,
                "contacts": [{ "version": 0, "creationTime": "today", "properties": { "p": [1] } }, "x"], "extra": null } ] }
            """);

        problems.ToList().Should().Equal(
            "$.mailboxes[0].smtpAddress must be a string, but is 1.",
            "$.mailboxes[0].mailboxGuid must be a GUID, but is 'x'.",
            "$.mailboxes[0].groups[0].displayName must not be empty.",
            "$.mailboxes[0].groups[0].type must be UserGroup, DistributionGroup, OtherContacts, Tagged or Favorites, but is 'Team'.",
            "$.mailboxes[0].groups[0].members[0] must be an object, but is true.",
            "$.mailboxes[1].lastCounter must be an integer from 0 to 70368744177664, but is 1.5.",
            "$.mailboxes[1].imListMigrationCompleted must be true or false, but is 'yes'.",
            "$.mailboxes[1].contacts[0].version must be an integer from 1 to 2147483647, but is 0.",
            "$.mailboxes[1].contacts[0].creationTime must be a time such as 2026-11-21T08:30:00Z, but is 'today'.",
            "$.mailboxes[1].contacts[0].properties['p'] must be a string, but is 1.",
            "$.mailboxes[1].contacts[1] must be an object, but is 'x'.",
            "$.mailboxes[1].extra is not a known property.");
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("9223372036854775807")]
    public void A_number_that_its_type_cannot_represent_is_a_violation(string number)
    {
        var json = Encoding.UTF8.GetBytes($$"""{ "kind": "drop", "matched": {{number}} }""");

        var read = DocumentReader.Read(json, ContractJson.Default.FaultRule, MaxValues);

        read.Problems.ToList().Should().Equal($"$.matched must be an integer, but is {number}.");
    }

    [Fact]
    public void Values_that_cannot_be_used_are_replaced_and_their_further_violations_are_not_listed()
    {
        var (document, problems) = Read("""{ "mailboxes": [{ "lastCounter": -1, "groups": [{ "displayName": "Team" }, 7] }] }""");
        var before = problems.ToList();

        problems.Add("$.mailboxes[0].smtpAddress", "must be an SMTP address");
        problems.Add("$.mailboxes[0].groups[1].displayName", "must be unique");

        problems.ToList().Should().Equal(before).And.HaveCount(3);
        var mailbox = document!.Mailboxes.Should().ContainSingle().Subject;
        mailbox.SmtpAddress.Should().BeEmpty();
        mailbox.LastCounter.Should().BeNull();
        mailbox.Groups!.Select(group => group.DisplayName).Should().Equal("Team", "");
    }

    [Fact]
    public void Strings_that_are_not_valid_Unicode_are_listed_for_properties_of_every_type()
    {
        var (document, problems) = Read("""
            { "mailboxes": [
              { "smtpAddress": "\ud800", "mailboxGuid": "\ud800", "lastCounter": "\udc00", "imListMigrationCompleted": "\ud800",
                "groups": ["\ud800", { "type": "\ud800", "members": ["\ud800"] }],
                "contacts": [{ "creationTime": "\ud800", "properties": { "one": ["x", "\ud800"] } }] },
              "\ud800"] }
            """);

        document.Should().BeNull();
        problems.ToList().Should().Equal(
            "$.mailboxes[0].smtpAddress is not valid Unicode.",
            "$.mailboxes[0].mailboxGuid is not valid Unicode.",
            "$.mailboxes[0].lastCounter is not valid Unicode.",
            "$.mailboxes[0].imListMigrationCompleted is not valid Unicode.",
            "$.mailboxes[0].groups[0] is not valid Unicode.",
            "$.mailboxes[0].groups[1].type is not valid Unicode.",
            "$.mailboxes[0].groups[1].members[0] is not valid Unicode.",
            "$.mailboxes[0].contacts[0].creationTime is not valid Unicode.",
            "$.mailboxes[0].contacts[0].properties.one[1] is not valid Unicode.",
            "$.mailboxes[1] is not valid Unicode.");
    }

    [Fact]
    public void A_property_that_is_null_is_absent()
    {
        var (document, problems) = Read("""{ "mailboxes": [{ "smtpAddress": "a@b.c", "groups": null, "lastCounter": null }] }""");

        problems.Count.Should().Be(0);
        document!.Mailboxes[0].Groups.Should().BeNull();
    }

    [Fact]
    public void Members_are_strings_or_objects_and_properties_are_one_or_several_strings()
    {
        var (document, problems) = Read("""
            { "mailboxes": [{ "smtpAddress": "a@b.c",
              "groups": [{ "displayName": "Team", "members": ["b@b.c", { "telUri": "tel:1", "ordinal": 9 }] }],
              "contacts": [{ "properties": { "one": "1", "two": ["1", "2"], "none": null } }] }] }
            """);

        problems.Count.Should().Be(0);
        document!.Mailboxes[0].Groups![0].Members.Should().Equal(
            new SeedMember { Contact = "b@b.c" }, new SeedMember { TelUri = "tel:1", Ordinal = 9 });
        document.Mailboxes[0].Contacts![0].Properties.Should().BeEquivalentTo(
            new Dictionary<string, IReadOnlyList<string>?> { ["one"] = ["1"], ["two"] = ["1", "2"], ["none"] = null });
    }

    [Fact]
    public void A_document_with_too_many_violations_is_not_read_to_its_end()
    {
        var (document, problems) = Read($"{{ \"mailboxes\": [{Zeros(2_000_000)}], \"more\": 1 }}");

        document.Should().BeNull();
        problems.Count.Should().Be(DocumentProblems.MaxCount);
        problems.ToList().Should().HaveCount(101).And.NotContain(problem => problem.Contains("more is not", StringComparison.Ordinal));
        problems.ToList()[99].Should().Be("$.mailboxes[99] must be an object, but is 0.");
        problems.ToList()[100].Should().Be("At least 900 more problems are not listed.");
    }

    [Theory]
    [InlineData("{ \"mailboxes\": [ZEROS] }")]
    [InlineData("{ \"NAME\": [ZEROS], \"mailboxes\": [ZEROS] }")]
    [InlineData("{ \"mailboxes\": [{ \"smtpAddress\": [ZEROS], \"groups\": [{ \"displayName\": \"g\", \"members\": [ZEROS] }] }] }")]
    [InlineData("{ \"mailboxes\": [{ \"smtpAddress\": \"a@b.c\", \"contacts\": [{ \"properties\": { \"NAME\": [ZEROS] } }] }] }")]
    [InlineData("{ \"mailboxes\": [{ \"smtpAddress\": \"a@b.c\", \"contacts\": [{ \"NAME\": { \"NAME\": [ZEROS] } }] }] }")]
    [InlineData("{ \"mailboxes\": [\"NAME\", \"NAME\", ZEROS] }")]
    public void The_cost_of_a_rejected_document_is_proportional_to_its_size(string template)
    {
        var json = Encoding.UTF8.GetBytes(template.Replace("ZEROS", Zeros(500_000), StringComparison.Ordinal)
            .Replace("NAME", new string('n', 200_000), StringComparison.Ordinal));
        DocumentReader.Read("{}"u8.ToArray(), ContractJson.Default.SeedDocument, MaxValues);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (_, problems) = DocumentReader.Read(json, ContractJson.Default.SeedDocument, MaxValues);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        problems.ToList().Should().NotBeEmpty().And.OnlyContain(problem => problem.Length <= 1001);
        allocated.Should().BeLessThan(40L * json.Length);
    }

    [Theory]
    [InlineData("{ \"mailboxes\": [], \"x\": [0, 0] }", 5, true)]
    [InlineData("{ \"mailboxes\": [], \"x\": [0, 0] }", 4, false)]
    [InlineData("{ \"mailboxes\": [], \"x\": [0, 0, ", 4, false)]
    public void A_document_with_too_many_values_is_rejected_before_it_is_read(string json, int maxValues, bool isRead)
    {
        var (_, problems) = DocumentReader.Read(Encoding.UTF8.GetBytes(json), ContractJson.Default.SeedDocument, maxValues);

        problems.ToList().Should().Equal(
            isRead ? "$.x is not a known property." : $"The body must not contain more than {maxValues} values.");
    }

    [Fact]
    public void A_document_that_is_too_deep_is_rejected()
    {
        var (_, problems) = Read(string.Concat(Enumerable.Repeat("{ \"x\": ", 65)));

        problems.ToList().Should().ContainSingle().Which.Should()
            .StartWith("The body is not valid JSON: The maximum configured depth of 64 has been exceeded.");
    }

    [Fact]
    public void Long_values_are_cut_in_messages()
    {
        var (_, problems) = Read($$"""{ "mailboxes": [{ "mailboxGuid": "{{new string('x', 300)}}" }], "{{new string('n', 300)}}": 1 }""");

        problems.ToList().Should().Equal(
            "$.mailboxes[0].smtpAddress is missing.",
            $"$.mailboxes[0].mailboxGuid must be a GUID, but is '{new string('x', 256)}…'.",
            $"$.{new string('n', 256)}… is not a known property.");
    }

    [Theory]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "The body is not valid JSON: Duplicate property 'a'*")]
    [InlineData("{ \"\\ud800\": 1 }", "The body is not valid JSON: the name of a property is not valid Unicode.")]
    [InlineData("{ \"\\ud800\": 1, \"b\": 2 }", "The body is not valid JSON: the name of a property is not valid Unicode.")]
    [InlineData("", "The body is not valid JSON: *")]
    [InlineData("{} {}", "The body is not valid JSON: *")]
    public void A_text_that_is_not_one_JSON_value_with_unique_names_is_rejected(string json, string problem)
    {
        var (document, problems) = Read(json);

        document.Should().BeNull();
        problems.ToList().Should().ContainSingle().Which.Should().Match(problem);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_rejected()
    {
        byte[] json = [.. "{ \"mailboxes\": [\""u8, 0xFF, .. "\"] }"u8];

        var (_, problems) = DocumentReader.Read(json, ContractJson.Default.SeedDocument, MaxValues);

        problems.ToList().Should().Equal("$.mailboxes[0] is not valid Unicode.");
    }

    private static string Zeros(int count) => string.Join(',', Enumerable.Repeat('0', count));

    private static Document<SeedDocument> Read(string json) =>
        DocumentReader.Read(Encoding.UTF8.GetBytes(json), ContractJson.Default.SeedDocument, MaxValues);
}
