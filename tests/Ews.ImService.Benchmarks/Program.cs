using Ews.ImService.Benchmarks.Baselines;
using Ews.ImService.Benchmarks.Compare;
using Ews.ImService.Benchmarks.Micro;

switch (args)
{
    case [EmptyServer.Command, .. var arguments]:
        await EmptyServer.RunAsync(arguments);
        return 0;
    case [PlainServer.Command, .. var arguments]:
        await PlainServer.RunAsync(arguments);
        return 0;
    case [FurtherServer.Command, .. var arguments]:
        await FurtherServer.MeasureAsync(arguments);
        return 0;
    case [MicroCommand.Command, .. var arguments]:
        return MicroCommand.Run(arguments);
    default:
        return await ComparisonCommand.RunAsync(args);
}
