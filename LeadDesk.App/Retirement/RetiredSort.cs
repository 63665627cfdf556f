using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Retirement;

/// <summary>The orders of the retired list.</summary>
public enum RetiredSort
{
    /// <summary>Retired last, first.</summary>
    Newest,

    Oldest,

    /// <summary>Nobody worked it for the longest time.</summary>
    Quiet,

    /// <summary>Highest first; leads without a value last.</summary>
    Value,
}

public static class RetiredSorting
{
    private const long NoValue = long.MinValue;

    /// <summary>The same order, for rows that are loaded.</summary>
    public static Comparison<RetiredRow> Comparison(this RetiredSort sort) => sort switch
    {
        RetiredSort.Newest => (a, b) => Then(b.RetiredAt.CompareTo(a.RetiredAt), b, a),
        RetiredSort.Oldest => (a, b) => Then(a.RetiredAt.CompareTo(b.RetiredAt), a, b),
        RetiredSort.Quiet => (a, b) => Then(a.QuietSince.CompareTo(b.QuietSince), a, b),
        RetiredSort.Value => (a, b) => Then((b.ValueMinor ?? NoValue).CompareTo(a.ValueMinor ?? NoValue), b, a),
    };

    /// <summary>The leads behind a row, or before it when <paramref name="back"/>, in queries to be read one after the other, each walked from its index.</summary>
    internal static IEnumerable<IQueryable<Lead>> Parts(this RetiredSort sort, IQueryable<Lead> leads, RetiredRow? after, bool back) => (sort, back) switch
    {
        (RetiredSort.Newest, false) or (RetiredSort.Oldest, true) => [Falling(leads, after)],
        (RetiredSort.Newest, true) or (RetiredSort.Oldest, false) => [Rising(leads, after)],
        (RetiredSort.Quiet, false) => [QuietRising(leads, after)],
        (RetiredSort.Quiet, true) => [QuietFalling(leads, after)],
        (RetiredSort.Value, false) => after is { ValueMinor: null } ? [Valueless(leads, after, false)] : [Valued(leads, after, false), Valueless(leads, null, false)],
        (RetiredSort.Value, true) => after is { ValueMinor: not null } ? [Valued(leads, after, true)] : [Valueless(leads, after, true), Valued(leads, null, true)],
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
    };

    private static int Then(int first, RetiredRow a, RetiredRow b) => first != 0 ? first : a.Id.CompareTo(b.Id);

    private static IQueryable<Lead> Falling(IQueryable<Lead> leads, RetiredRow? after)
    {
        if (after is { RetiredAt: var at, Id: var id })
        {
            leads = leads.Where(l => l.RetiredAt < at || (l.RetiredAt == at && l.Id < id));
        }

        return leads.OrderByDescending(l => l.RetiredAt).ThenByDescending(l => l.Id);
    }

    private static IQueryable<Lead> Rising(IQueryable<Lead> leads, RetiredRow? after)
    {
        if (after is { RetiredAt: var at, Id: var id })
        {
            leads = leads.Where(l => l.RetiredAt > at || (l.RetiredAt == at && l.Id > id));
        }

        return leads.OrderBy(l => l.RetiredAt).ThenBy(l => l.Id);
    }

    private static IQueryable<Lead> QuietRising(IQueryable<Lead> leads, RetiredRow? after)
    {
        if (after is { QuietSince: var since, Id: var id })
        {
            leads = leads.Where(l => l.QuietSince > since || (l.QuietSince == since && l.Id > id));
        }

        return leads.OrderBy(l => l.QuietSince).ThenBy(l => l.Id);
    }

    private static IQueryable<Lead> QuietFalling(IQueryable<Lead> leads, RetiredRow? after)
    {
        if (after is { QuietSince: var since, Id: var id })
        {
            leads = leads.Where(l => l.QuietSince < since || (l.QuietSince == since && l.Id < id));
        }

        return leads.OrderByDescending(l => l.QuietSince).ThenByDescending(l => l.Id);
    }

    private static IQueryable<Lead> Valued(IQueryable<Lead> leads, RetiredRow? after, bool back)
    {
        leads = leads.Where(l => l.ValueMinor != null);
        if (after is { ValueMinor: { } value, Id: var id })
        {
            leads = back
                ? leads.Where(l => l.ValueMinor > value || (l.ValueMinor == value && l.Id > id))
                : leads.Where(l => l.ValueMinor < value || (l.ValueMinor == value && l.Id < id));
        }

        return back ? leads.OrderBy(l => l.ValueMinor).ThenBy(l => l.Id) : leads.OrderByDescending(l => l.ValueMinor).ThenByDescending(l => l.Id);
    }

    private static IQueryable<Lead> Valueless(IQueryable<Lead> leads, RetiredRow? after, bool back)
    {
        leads = leads.Where(l => l.ValueMinor == null);
        if (after is { Id: var id })
        {
            leads = back ? leads.Where(l => l.Id > id) : leads.Where(l => l.Id < id);
        }

        return back ? leads.OrderBy(l => l.Id) : leads.OrderByDescending(l => l.Id);
    }
}
