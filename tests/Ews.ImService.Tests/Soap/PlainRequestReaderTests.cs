using System.Buffers;
using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Tests.Operations;

namespace Ews.ImService.Tests.Soap;

/// <summary>Compares the reader of plain requests with the validating reader.</summary>
public sealed class PlainRequestReaderTests
{
    private const string Types = "http://schemas.microsoft.com/exchange/services/2006/types";
    private const string Completed = "<m:SetImListMigrationCompleted><m:ImListMigrationCompleted>";
    private const string EndCompleted = "</m:ImListMigrationCompleted></m:SetImListMigrationCompleted>";
    private const int MutantsPerRequest = 5000;

    /// <summary>Texts that clients or mutations insert into requests; each is invalid or has another meaning in some places.</summary>
    private static readonly string[] Insertions =
    [
        "&amp;", "&lt;", "&quot;", "&apos;", "&gt;", "&amp;amp;", "&#65;", "&#x20;", "&nbsp;", "&", "&;", "<", ">", "/", "=", "'",
        "\"", ":", ";", " ", "  ", "\t", "\n", "\r\n", "\r", "\u00A0", "\u0085", "\u2028", "\0", "\u0001", "\u007F", "]]>", "]]", "-",
        "--", "<!---->", "<!-- c -->", "<![CDATA[a]]>", "<![CDATA[]]>", "<?p i?>", "<!DOCTYPE a>", "<?xml version='1.0'?>", "\uFEFF",
        "\uFFFD", "\uFFFE", "\uFFFF", "\u00E9", "\u20AC", "\U0001F600", "\u0301", " xmlns=''", " xmlns='urn:a'", $" xmlns='{Types}'",
        " xmlns:t='urn:a'", $" xmlns:s='{Types}'", $" xmlns:a='{Types}'", " xmlns:m=''",
        " xmlns:xml='http://www.w3.org/XML/1998/namespace'", " xmlns:a='http://www.w3.org/2000/xmlns/'", " xmlns:xmlns='urn:a'",
        " xmlns:a='http://www.w3.org/XML/1998/namespace'", " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'", " xsi:nil='true'",
        " xsi:type='t:ItemIdType'", " xml:lang='en'", " xml:space='preserve'", $" xmlns:e='{SoapReader.EnvelopeNamespace}'",
        " e:mustUnderstand='1'", " e:mustUnderstand=' 1 '", " s:mustUnderstand='1'", " s:actor=''", " soap:mustUnderstand='true'",
        " Id='a'", " Id=''", " Id=' a  b '", " ChangeKey='a'", " ChangeKey=\"'\"", " Version='Exchange2013'", " t:Id='a'", " a='b'",
        " a", "<t:Unknown/>", "<m:Unknown/>", "<Unknown/>", "<t:MailboxCulture>en-US</t:MailboxCulture>",
        "<t:MailboxCulture> en </t:MailboxCulture>", "<t:RequestServerVersion Version=' Exchange2013'/>",
        "<t:TimeZoneContext><t:TimeZoneDefinition Id='UTC'/></t:TimeZoneContext>",
        "<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>a@b.com</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>",
        "<t:ExchangeImpersonation> </t:ExchangeImpersonation>", "<s:Header/>", "<s:Body/>", "<soap:Header/>", "<soap:Body/>", "true",
        "0", "<m:GroupId Id='a'/>", "<m:GroupId Id='a'> </m:GroupId>", "<m:DisplayName>a</m:DisplayName>",
        "<m:DisplayName> </m:DisplayName>", "<m:DisplayName/>", "<m:ExtendedProperties/>", "<m:ItemLinkId/>", "<m:AddImGroup/>",
        "<m:GetImItemList> </m:GetImItemList>",
    ];

    private static readonly SearchValues<byte> Markup = SearchValues.Create("<>\"'=/ :"u8);

    private static readonly string?[] Charsets = ["utf-8", "UTF-8", "utf-16", "iso-8859-1", "us-ascii", "unknown"];

    public static TheoryData<string> Operations => GoldenFolder.Operations;

    /// <summary>Gets the requests in the forms of clients.</summary>
    public static TheoryData<string> ClientRequests =>
        ["Curl", "GSoap", "MonoProxy", "NodeEws", "NodeSoap", "Php", "Sipe", "Zeep"];

    /// <summary>Gets the operations whose golden requests are plain.</summary>
    public static TheoryData<string> PlainOperations =>
    [
        "AddImGroup", "SetImGroup", "RemoveImGroup", "AddImContactToGroup", "AddNewImContactToGroup", "AddNewTelUriContactToGroup",
        "RemoveImContactFromGroup", "RemoveContactFromImList", "AddDistributionGroupToImList", "RemoveDistributionGroupFromImList",
        "SetImListMigrationCompleted", "GetPersona",
    ];

    [Theory]
    [MemberData(nameof(PlainOperations))]
    public void The_golden_request_of_an_operation_with_simple_fields_is_plain(string operation)
    {
        var request = Encoding.UTF8.GetBytes(new GoldenFolder(operation).Request);

        var envelope = PlainRequestReader.Read(request, "utf-8");

        envelope.Should().NotBeNull();
        Differences(envelope!, request, "utf-8").Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Changed_golden_requests_that_are_plain_are_valid_and_are_read_as_by_the_validating_reader(string operation)
    {
        foreach (var spelling in new[] { "http", "https" })
            CompareMutants(new GoldenFolder(operation).Request.Spelled(spelling)).Differences.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(ClientRequests))]
    public void Changed_requests_of_clients_that_are_plain_are_valid_and_are_read_as_by_the_validating_reader(string client)
    {
        var (accepted, differences) = CompareMutants(Documents.Read(client));

        differences.Should().BeEmpty();
        accepted.Should().BeGreaterThan(MutantsPerRequest / 50, "the comparison must include plain requests");
    }

    [Theory]
    [MemberData(nameof(ClientRequests))]
    public void Requests_of_clients_are_plain(string client)
    {
        var request = Encoding.UTF8.GetBytes(Documents.Read(client));

        foreach (var charset in new[] { null, "utf-8", "UTF-8" })
        {
            foreach (var bytes in new[] { request, [.. Encoding.UTF8.GetPreamble(), .. request] })
            {
                var envelope = PlainRequestReader.Read(bytes, charset);
                envelope.Should().NotBeNull();
                Differences(envelope!, bytes, charset).Should().BeEmpty();
            }
        }
    }

    [Theory]
    [InlineData("<m:AddImGroup><m:DisplayName> </m:DisplayName></m:AddImGroup>", true)]
    [InlineData("<m:AddImGroup><m:DisplayName>a\tb\n</m:DisplayName></m:AddImGroup>", true)]
    [InlineData("<m:AddImGroup><m:DisplayName>R&amp;D &lt;&gt;&quot;&apos; &amp;lt; é € 😀</m:DisplayName></m:AddImGroup>", true)]
    [InlineData("<m:AddImGroup><m:DisplayName>a\r\n</m:DisplayName></m:AddImGroup>", false)]
    [InlineData("<m:AddImGroup><m:DisplayName></m:DisplayName></m:AddImGroup>", false)]
    [InlineData("<m:AddImGroup><m:DisplayName>&#65;</m:DisplayName></m:AddImGroup>", false)]
    [InlineData("<m:AddImGroup><m:DisplayName>]]></m:DisplayName></m:AddImGroup>", false)]
    [InlineData("<m:AddImGroup><m:DisplayName>\uFFFF</m:DisplayName></m:AddImGroup>", false)]
    [InlineData("<m:AddImGroup/>", false)]
    [InlineData("<m:AddImGroup><m:DisplayName>a</m:DisplayName><m:DisplayName>a</m:DisplayName></m:AddImGroup>", false)]
    [InlineData("<m:RemoveImGroup><m:GroupId ChangeKey='b' Id=''></m:GroupId></m:RemoveImGroup>", true)]
    [InlineData("<m:RemoveImGroup><m:GroupId Id='a'> </m:GroupId></m:RemoveImGroup>", false)]
    [InlineData("<m:RemoveImGroup><m:GroupId ChangeKey='b'/></m:RemoveImGroup>", false)]
    [InlineData("<m:RemoveImGroup><m:GroupId Id='a' Id='b'/></m:RemoveImGroup>", false)]
    [InlineData("<m:RemoveImGroup><m:GroupId Id='a\n'/></m:RemoveImGroup>", false)]
    [InlineData(Completed + "1" + EndCompleted, true)]
    [InlineData(Completed + "1 " + EndCompleted, false)]
    [InlineData(Completed + "yes" + EndCompleted, false)]
    [InlineData("<m:GetImItemList></m:GetImItemList>", true)]
    [InlineData("<m:GetImItemList><m:ExtendedProperties/></m:GetImItemList>", false)]
    [InlineData("<m:GetImItemList/><m:GetImItemList/>", false)]
    [InlineData("<m:SyncFolderItems/>", false)]
    public void Text_and_attributes_that_need_neither_normalization_nor_another_type_are_plain(string body, bool isPlain)
    {
        var bytes = Encoding.UTF8.GetBytes(EwsRequest.Envelope(EwsRequest.Version, body));

        var envelope = PlainRequestReader.Read(bytes, charset: null);

        (envelope is not null).Should().Be(isPlain);
        if (envelope is not null)
            Differences(envelope, bytes, charset: null).Should().BeEmpty();
    }

    /// <summary>Reads mutants of a request with both readers.</summary>
    /// <returns>The number of plain mutants, and those that the readers read differently.</returns>
    private static (int Accepted, List<string> Differences) CompareMutants(string request)
    {
        var original = Encoding.UTF8.GetBytes(request);
        var random = new Random(original.Aggregate(17, (hash, value) => unchecked((hash * 31) + value)));
        var accepted = 0;
        var differences = new List<string>();
        for (var i = 0; i < MutantsPerRequest; i++)
        {
            var mutant = original;
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                mutant = Mutate(mutant, random);
            var charset = random.Next(4) == 0 ? Charsets[random.Next(Charsets.Length)] : null;
            if (PlainRequestReader.Read(mutant, charset) is not { } envelope)
                continue;
            accepted++;
            if (Differences(envelope, mutant, charset) is { Length: > 0 } difference)
                differences.Add($"{difference} in {Encoding.UTF8.GetString(mutant)}");
        }

        return (accepted, differences);
    }

    /// <summary>Changes, inserts, removes, repeats or exchanges bytes, or inserts a text, often beside a markup character.</summary>
    private static byte[] Mutate(byte[] request, Random random)
    {
        var (start, end) = (Position(request, random), Position(request, random));
        (start, end) = start < end ? (start, end) : (end, start);
        var near = Math.Min(request.Length, start + random.Next(1, 12));
        return random.Next(9) switch
        {
            0 => [.. request[..start], (byte)random.Next(256), .. request[Math.Min(request.Length, start + 1)..]],
            1 => [.. request[..start], (byte)random.Next(256), .. request[start..]],
            2 => [.. request[..start], .. request[near..]],
            3 => [.. request[..start], .. request[end..]],
            4 => [.. request[..end], .. request[start..]],
            5 => [.. request[..start], .. request[near..], .. request[start..near]],
            6 => Encoding.UTF8.GetBytes(Respell(Encoding.UTF8.GetString(request), random)),
            _ => [.. request[..start], .. Encoding.UTF8.GetBytes(Insertions[random.Next(Insertions.Length)]), .. request[start..]],
        };
    }

    private static int Position(byte[] request, Random random)
    {
        var position = random.Next(request.Length + 1);
        if (random.Next(4) == 0)
            return position;
        var markup = request.AsSpan(position).IndexOfAny(Markup);
        return markup < 0 ? position : position + markup + random.Next(2);
    }

    /// <summary>Replaces one of several texts that requests contain.</summary>
    private static string Respell(string request, Random random)
    {
        (string From, string To)[] changes =
        [
            ("https:", "http:"), ("http:", "https:"), ("\"", "'"), ("'", "\""), ("m:", ""), ("m:", "t:"), ("t:", "m:"),
            ("xmlns:m", "xmlns"), ("xmlns:t", "xmlns:m"), ("xmlns:m", "xmlns:t"), ("utf-8", "utf-16"), ("utf-8", "iso-8859-1"),
            ("1.0", "1.1"), ("?>", "standalone='yes'?>"), ("Header", "Body"), ("Body", "Header"), ("/2006/", "/2007/"),
            ("Exchange2013", "Exchange2016"), ("\n", "\r\n"), (" ", "  "), ("messages", "types"), ("types", "messages"),
            ("Envelope", "envelope"), ("AddImGroup", "RemoveImGroup"), ("GroupId", "ContactId"),
        ];
        var (from, to) = changes[random.Next(changes.Length)];
        return request.Replace(from, to, StringComparison.Ordinal);
    }

    /// <summary>Returns the differences from what the validating reader reads, or an empty text.</summary>
    private static string Differences(SoapEnvelope envelope, byte[] request, string? charset)
    {
        var expected = SoapReader.Read(RequestDecoder.Decode(request, charset));
        if (expected.Fault is { } fault)
            return fault.Text;
        if (expected.Violation is { } violation)
            return violation.Message;
        return envelope.Namespaces == expected.Namespaces
            && AreEqual(envelope.Headers, expected.Headers)
            && AreEqual(envelope.Body, expected.Body)
            ? string.Empty
            : $"{Format(envelope)} instead of {Format(expected)}";
    }

    private static bool AreEqual(IReadOnlyList<XElement> actual, IReadOnlyList<XElement> expected) =>
        actual.Count == expected.Count && actual.Zip(expected).All(pair => XNode.DeepEquals(pair.First, pair.Second));

    private static string Format(SoapEnvelope envelope) => string.Concat(envelope.Headers.Concat(envelope.Body));
}
