using LeadDesk.Domain.Basics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LeadDesk.App.Storage;

/// <summary>Instants are UTC ticks on both databases (decision 0004).</summary>
public sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

public sealed class IdConverter<TId>() : ValueConverter<TId, long>(id => id.Value, value => From(value)) where TId : struct, IId<TId>
{
    private static TId From(long value) => TId.From(value);
}
