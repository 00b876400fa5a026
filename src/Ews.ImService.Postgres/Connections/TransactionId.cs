namespace Ews.ImService.Postgres.Connections;

/// <summary>The identity of a transaction.</summary>
/// <param name="Number">The number of the transaction in the database. After a crash, the database uses numbers again.</param>
/// <param name="Run">The run of the database, see <see cref="ServerRunRow"/>; <c>null</c> if another transaction has just begun it.</param>
internal sealed record TransactionId(string Number, Guid? Run);
