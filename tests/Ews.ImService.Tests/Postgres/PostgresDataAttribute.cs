using System.Reflection;
using Ews.ImService.Harness;
using Xunit.Sdk;

namespace Ews.ImService.Tests.Postgres;

/// <summary>The arguments of a theory that needs PostgreSQL. Without it, the test is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class PostgresDataAttribute : DataAttribute
{
    private readonly object[] _arguments;

    public PostgresDataAttribute(params object[] arguments)
    {
        _arguments = arguments;
        Skip = PrivatePostgres.IsInstalled ? null : PrivatePostgres.SkipReason;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [_arguments];
}

/// <summary>A test that needs PostgreSQL. Without it, the test is reported as skipped.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PrivatePostgres.IsInstalled ? null : PrivatePostgres.SkipReason;
}

/// <summary>A theory that needs PostgreSQL. Without it, the theory is reported as skipped.</summary>
internal sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PrivatePostgres.IsInstalled ? null : PrivatePostgres.SkipReason;
}
