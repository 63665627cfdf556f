using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace LeadDesk.App.Storage;

/// <summary>
/// One writer at a time, per database file. SQLite has one write lock and its library waits for it by sleeping on the thread,
/// so writers queue here instead (decision 0006).
/// </summary>
public sealed class WriterGate : IDisposable
{
    // Shared by all gates: a transaction that ends knows only itself.
    private static readonly ConditionalWeakTable<DbTransaction, Lease> _leases = [];

    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>How many hold or wait for the gate.</summary>
    public int Queue => _queue;

    private int _queue;

    public void Dispose() => _free.Dispose();

    internal async ValueTask<DbTransaction> BeginAsync(Func<ValueTask<DbTransaction>> begin, CancellationToken ct)
    {
        Transactor.MayBegin();
        Interlocked.Increment(ref _queue);
        try
        {
            await _free.WaitAsync(ct);
        }
        catch
        {
            Interlocked.Decrement(ref _queue);
            throw;
        }

        var lease = new Lease(this);
        try
        {
            var transaction = await begin();
            _leases.Add(transaction, lease);
            return transaction;
        }
        catch
        {
            lease.Release();
            throw;
        }
    }

    internal static void Release(DbTransaction transaction)
    {
        if (_leases.TryGetValue(transaction, out var lease))
        {
            lease.Release();
        }
    }

    private sealed class Lease(WriterGate gate)
    {
        private int _released;

        public void Release()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                Interlocked.Decrement(ref gate._queue);
                gate._free.Release();
            }
        }
    }
}

internal sealed class WriterGateInterceptor(WriterGate gate) : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
        InterceptionResult<DbTransaction>.SuppressWithResult(
            await gate.BeginAsync(() => connection.BeginTransactionAsync(eventData.IsolationLevel, cancellationToken), cancellationToken));

    public override InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        // Only tools and the framework's own synchronous key ring come here; the wait is theirs.
        var begun = gate.BeginAsync(() => new(connection.BeginTransaction(eventData.IsolationLevel)), CancellationToken.None);
        return InterceptionResult<DbTransaction>.SuppressWithResult(begun.AsTask().GetAwaiter().GetResult());
    }
}

/// <summary>EF tells nobody that a transaction was disposed without a commit, so the gate is given back where it is disposed.</summary>
internal sealed class GatedTransactionFactory(RelationalTransactionFactoryDependencies dependencies) : IRelationalTransactionFactory
{
    public RelationalTransaction Create(
        IRelationalConnection connection, DbTransaction transaction, Guid transactionId,
        IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, bool transactionOwned) =>
        new GatedTransaction(connection, transaction, transactionId, logger, transactionOwned, dependencies.SqlGenerationHelper);

    private sealed class GatedTransaction(
        IRelationalConnection connection, DbTransaction transaction, Guid transactionId,
        IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, bool transactionOwned, ISqlGenerationHelper sql)
        : RelationalTransaction(connection, transaction, transactionId, logger, transactionOwned, sql)
    {
        private readonly DbTransaction _transaction = transaction;

        public override void Dispose()
        {
            try
            {
                base.Dispose();
            }
            finally
            {
                WriterGate.Release(_transaction);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await base.DisposeAsync();
            }
            finally
            {
                WriterGate.Release(_transaction);
            }
        }
    }
}
