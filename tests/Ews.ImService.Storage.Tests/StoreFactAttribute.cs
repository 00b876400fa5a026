using System.ComponentModel;
using Ews.ImService.Harness;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Ews.ImService.Storage.Tests;

/// <summary>A test that each class for a database inherits. It is skipped if the database is not installed.</summary>
[XunitTestCaseDiscoverer("Ews.ImService.Storage.Tests." + nameof(StoreFactDiscoverer), "Ews.ImService.Storage.Tests")]
internal sealed class StoreFactAttribute : FactAttribute;

internal sealed class StoreFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    private const string PostgresClass = "OnPostgres";

    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        testMethod.TestClass.Class.Name.EndsWith(PostgresClass, StringComparison.Ordinal) && !PrivatePostgres.IsInstalled
            ? new SkippedTestCase(DiagnosticMessageSink, discoveryOptions, testMethod)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);

    private sealed class SkippedTestCase : XunitTestCase
    {
        [Obsolete("Called by the deserializer.")]
        [EditorBrowsable(EditorBrowsableState.Never)]
        public SkippedTestCase()
        {
        }

        public SkippedTestCase(IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method)
            : base(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
        {
        }

        protected override string GetSkipReason(IAttributeInfo factAttribute) => PrivatePostgres.SkipReason;
    }
}
