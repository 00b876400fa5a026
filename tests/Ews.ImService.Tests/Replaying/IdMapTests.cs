using Ews.ImService.Replaying;

namespace Ews.ImService.Tests.Replaying;

public sealed class IdMapTests
{
    private readonly IdMap _ids = new();

    [Fact]
    public void Known_ids_are_replaced_and_everything_else_is_kept()
    {
        _ids.Learn("A+/=", "B");
        _ids.LearnChangeKey("A+/=", "K", "L");
        const string Request = """
            <t:ItemId
               ChangeKey = 'K' Id="A+/="  /> <t:Name x="K">A+/=</t:Name><!-- "A+/=" --><t:DistinguishedFolderId Id="A+/="/>
            """;

        var (translated, unknown) = _ids.Translate(Request);

        translated.Should().Be("""
            <t:ItemId
               ChangeKey = 'L' Id="B"  /> <t:Name x="K">A+/=</t:Name><!-- "A+/=" --><t:DistinguishedFolderId Id="A+/="/>
            """);
        unknown.Should().BeEmpty();
    }

    [Fact]
    public void A_change_key_belongs_to_its_item()
    {
        _ids.Learn("A", "1");
        _ids.Learn("B", "2");
        _ids.LearnChangeKey("A", "K", "K1");
        _ids.LearnChangeKey("B", "K", "K2");

        _ids.Translate("<ItemId Id='A' ChangeKey='K'/><ItemId ChangeKey='K' Id='B'/><ItemId ChangeKey='K'/>").Request
            .Should().Be("<ItemId Id='1' ChangeKey='K1'/><ItemId ChangeKey='K2' Id='2'/><ItemId ChangeKey='K'/>");
    }

    [Fact]
    public void Texts_that_identify_a_state_are_replaced_by_the_latest_one()
    {
        _ids.LearnToken("S1", "T1");
        _ids.LearnToken("S1", "T2");

        _ids.Translate("<m:SyncState> S1\n</m:SyncState><t:Subject>S1</t:Subject>").Request
            .Should().Be("<m:SyncState> T2\n</m:SyncState><t:Subject>S1</t:Subject>");
    }

    [Fact]
    public void Ids_that_no_response_contained_are_listed_once() =>
        _ids.Translate("<ItemId Id='X'/><ItemId Id='X'/><t:Watermark>W</t:Watermark><ItemId Id=''/>").Unknown.Should().Equal("X", "W");
}
