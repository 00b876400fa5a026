using Ews.ImService.Commands;

return await CommandLine.RunAsync(args);
