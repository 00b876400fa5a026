using Ews.ImService.Reliability;

return await ReliabilityCommand.RunAsync(args);
