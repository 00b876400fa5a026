using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;
using Ews.ImService.Settings;
using Npgsql;

namespace Ews.ImService.Tests.Settings;

public sealed class DatabaseSettingsTests : IDisposable
{
    private const string Rule = "must be a connection string such as Host=localhost;Database=ews;Username=ews, or a URL such as "
        + "postgres://ews@localhost:5432/ews";

    private const string PathRule = "must be a file name, :memory:, a URL such as postgres://ews@localhost:5432/ews, or a connection "
        + "string with the host such as 'Host=localhost;Database=ews;Username=ews'";

    private const string Url = "postgres://anna:Secret-1@db.example/ews";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--db :memory:", ":memory:")]
    [InlineData("--db :memory: --Storage:Provider sqlite", ":memory:")]
    [InlineData("--db :memory: --Storage:Provider Sqlite --Storage:ConnectionString " + Url, ":memory:")]
    [InlineData("--db postgres://db.example/ews", "postgres://db.example:5432/ews")]
    [InlineData("--db POSTGRESQL://db.example", "postgres://db.example:5432/")]
    [InlineData("--db " + Url, "postgres://anna@db.example:5432/ews")]
    [InlineData("--db postgres://a%40b:p%2F%40w@[::1]:5433/e%20ws?sslmode=require", "postgres://a%40b@[::1]:5433/e%20ws")]
    [InlineData("--db postgres:///ews?host=/run/postgresql&user=anna", "postgres://anna@/ews?host=/run/postgresql")]
    [InlineData("--db postgres://a:1,b/ews?target_session_attrs=read-write", "postgres://a:1,b:5432/ews")]
    [InlineData("--db Host=db.example;Port=5433;Username=anna;Password=Secret-1;Database=ews", "postgres://anna@db.example:5433/ews")]
    [InlineData("--db Database=ews;server=db.example", "postgres://db.example:5432/ews")]
    [InlineData("--Storage:ConnectionString " + Url, "postgres://anna@db.example:5432/ews")]
    [InlineData("--Storage:ConnectionString " + Url + " --db :memory:", "postgres://anna@db.example:5432/ews")]
    [InlineData("--Storage:ConnectionString " + Url + " --Storage:Provider postgres", "postgres://anna@db.example:5432/ews")]
    [InlineData("--Storage:Provider postgres --db " + Url, "postgres://anna@db.example:5432/ews")]
    public void The_form_of_the_value_or_the_provider_chooses_the_database(string arguments, string name) =>
        SettingsOf.Arguments(arguments).DatabaseName.Should().Be(name);

    [Theory]
    [InlineData("a=b.db")]
    [InlineData("my-host=1.db")]
    [InlineData("./user=anna.db")]
    [InlineData("/data/user=anna/ews.db")]
    [InlineData("database.db")]
    [InlineData("host")]
    public void A_file_name_can_contain_an_equals_sign(string path)
    {
        var settings = SettingsOf.Arguments("--db", path);

        settings.Postgres.Should().BeNull();
        settings.DatabaseName.Should().Be(Path.GetFullPath(path));
        Listed(settings).Should().Contain(setting => setting.Value == path && !setting.IsSecret);
    }

    [Theory]
    [InlineData("Database=ews;Username=ews;Password=Secret-1")]
    [InlineData("Password = Secret-1")]
    [InlineData("pwd=Secret-1")]
    [InlineData("Port=5433;USER ID=ews;PSW=Secret-1")]
    [InlineData("dbname=ews host=db.example password=Secret-1")]
    [InlineData("dbname='ews' user='Secret-1'")]
    [InlineData("ews?user=anna&password=Secret-1")]
    [InlineData("postgre://ews:Secret-1@db.example/ews")]
    [InlineData("jdbc:postgresql://db.example/ews?password=Secret-1")]
    public void A_path_that_resembles_a_connection_string_is_no_file(string path)
    {
        var read = () => SettingsOf.Arguments("--db", path);

        read.Should().Throw<SettingsException>().Which.Problems.Should().Equal($"Storage:Path {PathRule}.");
        DatabaseSettings.Group.Settings.Single(setting => setting.Key == "Storage:Path").Hides(path).Should().BeTrue();
    }

    [Fact]
    public void Parameters_of_a_URL_have_the_names_of_libpq_or_of_Npgsql()
    {
        const string Query = "sslmode=verify-full&application_name=im%20test&connect_timeout=5&MaxPoolSize=4&Command%20Timeout=7";

        var settings = SettingsOf.Arguments($"--db={Url}?{Query}");

        new NpgsqlConnectionStringBuilder(settings.Postgres!.ConnectionString).Should().BeEquivalentTo(
            new NpgsqlConnectionStringBuilder
            {
                Host = "db.example",
                Database = "ews",
                Username = "anna",
                Password = "Secret-1",
                SslMode = SslMode.VerifyFull,
                ApplicationName = "im test",
                Timeout = 5,
                MaxPoolSize = 4,
                CommandTimeout = 7,
            });
    }

    [Theory]
    [InlineData("--db postgres:///ews", "Storage:Path " + Rule)]
    [InlineData("--db postgres://anna:Secret-1@db.example/ews?colour=red", "Storage:Path " + Rule + "; 'colour' *")]
    [InlineData("--db postgres://anna:Secret-1@db.example:x/ews", "Storage:Path " + Rule + "; 'Port' *")]
    [InlineData("--db Host=db.example;Password=Secret-1;Colour=red", "Storage:Path " + Rule + "; 'colour' *")]
    [InlineData("--db Host=db.example;Timeout=Secret-1", "Storage:Path " + Rule + "; 'timeout' *")]
    [InlineData("--Storage:ConnectionString Secret-1", "Storage:ConnectionString " + Rule)]
    [InlineData("--Storage:ConnectionString Password=Secret-1;Database=x", "Storage:ConnectionString " + Rule)]
    [InlineData("--Storage:ListenConnectionString Secret-1 --db postgres://a/b", "Storage:ListenConnectionString " + Rule)]
    [InlineData(
        "--db postgres://anna:Secret-1@db.example/ews?target_session_attrs=read-write",
        "Storage:Path must be a connection string that can be used: Target Session Attributes * multiple hosts*")]
    [InlineData(
        "--Storage:ConnectionString Host=db.example;Password=Secret-1;MinPoolSize=20;MaxPoolSize=4",
        "Storage:ConnectionString must be a connection string that can be used: *Max Pool Size*4*Min Pool Size*20*")]
    [InlineData(
        "--db Host=db.example;Password=Secret-1;SslNegotiation=Direct;SslMode=Disable",
        "Storage:Path must be a connection string that can be used: SSL Mode *")]
    [InlineData(
        "--Storage:ListenConnectionString postgres://anna:Secret-1@a/b?target_session_attrs=primary --db postgres://a/b",
        "Storage:ListenConnectionString must be a connection string that can be used: Target Session Attributes * multiple hosts*")]
    [InlineData(
        "--Storage:ListenConnectionString Host=a;Password=Secret-1;MinPoolSize=20 --db postgres://a/b",
        "Storage:ListenConnectionString must be a connection string that can be used: *Max Pool Size*10*Min Pool Size*20*")]
    [InlineData(
        "--Storage:InstanceName a~b --db postgres://a/b",
        "Storage:InstanceName must be at most 63 letters, digits, hyphens, underscores, and periods, but is 'a~b'")]
    [InlineData("--Storage:Provider mysql", "Storage:Provider must be sqlite or postgres, but is 'mysql'")]
    [InlineData(
        "--Storage:Provider postgres --db x.db", "Storage:ConnectionString is required, because Storage:Provider is postgres")]
    [InlineData(
        "--Storage:Provider sqlite --db postgres://anna:Secret-1@db.example/ews",
        "Storage:Path must be a file name or :memory:, because Storage:Provider is sqlite")]
    [InlineData("--Storage:PasswordFile none.txt --db postgres://a/b", "Storage:PasswordFile must be a file that can be read (*")]
    [InlineData(
        "--Storage:PasswordFile Ews.ImService.runtimeconfig.json --db postgres://anna:Secret-1@db.example/ews",
        "Storage:PasswordFile must not be given, because Storage:Path contains a password")]
    public void Problems_name_the_setting_and_the_rule_but_no_password(string arguments, string problem)
    {
        var read = () => SettingsOf.Arguments(arguments);

        read.Should().Throw<SettingsException>()
            .Which.Problems.Should().ContainSingle().Which.Should().Match(problem + (problem.EndsWith('*') ? "" : "."))
            .And.NotContain("Secret-1");
    }

    [Fact]
    public void A_file_contains_the_password()
    {
        File.WriteAllText(_directory.File("password"), "Secret-2;\r\n");

        var settings = SettingsOf.Arguments(
            "--db", "postgres://anna@db.example/ews",
            "--Storage:ListenConnectionString", "postgres://anna@listen.example/ews?connect_timeout=5",
            "--Storage:PasswordFile", _directory.File("password"));
        var listening = new NpgsqlConnectionStringBuilder(settings.Postgres!.ListenConnectionString);

        new NpgsqlConnectionStringBuilder(settings.Postgres.ConnectionString).Password.Should().Be("Secret-2;");
        (listening.Host, listening.Timeout, listening.Password).Should().Be(("listen.example", 5, "Secret-2;"));
    }

    [Fact]
    public void An_instance_has_the_given_name_or_that_of_the_machine_with_a_number()
    {
        SettingsOf.Arguments("--db postgres://a/b --Storage:InstanceName im-1").Ews.ServerName.Should().Be("im-1");

        var names = Enumerable.Range(0, 8).Select(_ => SettingsOf.Arguments("--db postgres://a/b").Postgres!.InstanceName).ToList();

        names.Should().OnlyContain(name => name.Length <= 63)
            .And.AllSatisfy(name => name.Should().MatchRegex("^[A-Za-z0-9._-]+-[0-9a-f]{4}$"));
        names.Distinct().Should().HaveCountGreaterThan(1);
        SettingsOf.Arguments("").Ews.ServerName.Should().Be("localhost~1");
    }

    [Theory]
    [InlineData("--db " + Url)]
    [InlineData("--db Host=a;Password=Secret-1")]
    [InlineData("--Storage:ConnectionString " + Url)]
    [InlineData("--db postgres://a/b --Storage:ListenConnectionString " + Url)]
    public void Passwords_are_not_listed(string arguments)
    {
        var settings = SettingsOf.Arguments(arguments);

        Listed(settings).Should().Contain(setting => setting.Value == "(hidden)" && setting.IsSecret)
            .And.NotContain(setting => setting.Value.Contains("Secret-1"));
        settings.DatabaseName.Should().NotContain("Secret-1");
        settings.ToString().Should().NotContain("Secret-1");
    }

    [Fact]
    public async Task The_database_of_the_command_line_precedes_those_of_other_sources()
    {
        File.WriteAllText(
            _directory.File("appsettings.json"),
            """{ "Storage": { "Provider": "postgres", "ConnectionString": "postgres://127.0.0.1:1/ews" } }""");

        var (process, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using var service = process;
        client.Dispose();

        service.Output.Should().Contain("the database is :memory:");
    }

    private static IEnumerable<ServerSetting> Listed(ServiceSettings settings) =>
        SettingsInForce.List(ServiceSettings.Groups.SelectMany(group => group.Settings), settings.Given);
}
