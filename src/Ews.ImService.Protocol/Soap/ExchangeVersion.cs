namespace Ews.ImService.Protocol.Soap;

/// <summary>The schema version that a request specifies.</summary>
/// <remarks>Learn: "RequestServerVersion".</remarks>
internal readonly record struct ExchangeVersion
{
    private const string Exchange2007Name = "Exchange2007";
    private const string Exchange2010Name = "Exchange2010";
    private const string Exchange2010Sp1Name = "Exchange2010_SP1";
    private const string Exchange2010Sp2Name = "Exchange2010_SP2";
    private const string Exchange2012Name = "Exchange2012";
    private const string Exchange2013Name = "Exchange2013";

    /// <summary>From the oldest to the newest.</summary>
    private static readonly List<string> Names =
    [
        Exchange2007Name, "Exchange2007_SP1", "Exchange2009", Exchange2010Name, Exchange2010Sp1Name, Exchange2010Sp2Name,
        Exchange2012Name, Exchange2013Name, "Exchange2013_SP1", "Exchange2015", "Exchange2016",
        "V2015_10_05", "V2016_01_06", "V2016_04_13", "V2016_07_13", "V2016_10_10",
    ];

    /// <summary>The version of a request that specifies none.</summary>
    public static readonly ExchangeVersion Exchange2007 = new(Exchange2007Name);

    /// <summary>The first version that tolerates paths of other kinds of items in a shape.</summary>
    public static readonly ExchangeVersion Exchange2010 = new(Exchange2010Name);

    /// <summary>The first version with the properties of directory entries on contacts.</summary>
    public static readonly ExchangeVersion Exchange2010Sp1 = new(Exchange2010Sp1Name);

    /// <summary>The first version with the certificates of contacts.</summary>
    public static readonly ExchangeVersion Exchange2010Sp2 = new(Exchange2010Sp2Name);

    /// <summary>The version of a request that specifies none, if <see cref="EwsOptions.AllowMissingVersion"/> is <c>true</c>.</summary>
    public static readonly ExchangeVersion Exchange2013 = new(Exchange2013Name);

    private readonly int _rank;

    private ExchangeVersion(string name) => _rank = Names.IndexOf(name);

    /// <summary>Returns the version with a name, or <c>null</c> if there is no such version.</summary>
    /// <remarks>
    /// The schema contains the name Exchange2012, which is not documented; it is treated as Exchange2013, the next version.
    /// </remarks>
    public static ExchangeVersion? Find(string? name) =>
        name == Exchange2012Name ? Exchange2013 : name is not null && Names.Contains(name) ? new ExchangeVersion(name) : null;

    /// <summary>Returns <c>true</c> if this version is not older than the one with the given name.</summary>
    public bool Includes(string since) => _rank >= Names.IndexOf(since);

    /// <summary>Returns <c>true</c> if this version is not older than another.</summary>
    public bool Includes(ExchangeVersion since) => _rank >= since._rank;
}
