using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Retirement;

/// <summary>What the ticked retired leads are made of, by pool and by who had them.</summary>
public sealed record RetiredLot(IReadOnlyList<RetiredLot.Part> Parts)
{
    /// <param name="Name">Where the part is one lead whose name is known.</param>
    public sealed record Part(PoolId? Pool, EmployeeId? HadBy, int Leads, long ValueMinor, string? Name);

    public static RetiredLot Of(IEnumerable<RetiredRow> rows) => new([.. rows.Select(r => new Part(r.PoolId, r.HadById, 1, r.ValueMinor ?? 0, r.Name))]);

    public int Leads => Parts.Sum(p => p.Leads);

    public long ValueMinor => Parts.Sum(p => p.ValueMinor);

    /// <summary>The agents who may receive at least one of them, whoever takes all first, then by present load; and below them those who cannot, with the reason.</summary>
    public IReadOnlyList<Receiver> Receivers(Desk desk, IReadOnlyDictionary<EmployeeId, int> loads) => [.. desk.Employees
        .Where(e => e.IsActive && e.Roles.HasFlag(Roles.Agent))
        .Select(e => Receiver(e, desk, loads))
        .OrderByDescending(r => r.Takes == Leads).ThenByDescending(r => r.Takes > 0).ThenBy(r => r.Holds).ThenBy(r => r.Who.Name, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>Why those stay that the agent cannot take: "Chiara Greco stays: Export is not one of Jana's pools." None where all go.</summary>
    public string? Stay(Employee who, Desk desk)
    {
        var left = Parts.Where(p => !MayTake(who, p, desk)).ToList();
        if (left.Count == 0)
        {
            return null;
        }

        var subject = left is [{ Leads: 1, Name: { } name }] ? $"{name} stays" : left.Sum(p => p.Leads) is 1 ? "1 stays" : $"{left.Sum(p => p.Leads):N0} stay";
        var pools = left.Select(p => desk.Pool(p.Pool)?.Name).Distinct().ToList();
        return pools switch
        {
            [null] => $"{subject}: no pool, so nobody can own them.",
            [{ } pool] => $"{subject}: {pool} is not one of {who.FirstName}'s pools.",
            _ => $"{subject}: {Listed([.. pools.OfType<string>()])} are not {who.FirstName}'s pools.",
        };
    }

    /// <summary>"DACH", "DACH and Export", "DACH, Export and 3 more".</summary>
    public static string Listed(IReadOnlyList<string> names) => names switch
    {
        [] => "",
        [var one] => one,
        [var one, var two] => $"{one} and {two}",
        [var one, var two, ..] => $"{one}, {two} and {names.Count - 2} more",
    };

    private Receiver Receiver(Employee who, Desk desk, IReadOnlyDictionary<EmployeeId, int> loads)
    {
        var takes = Parts.Where(p => MayTake(who, p, desk)).Sum(p => p.Leads);
        var had = Parts.Where(p => p.HadBy == who.Id).Sum(p => p.Leads);
        var pools = desk.Pools.Where(p => p.Has(who.Id)).Select(p => p.Name).ToList();
        return new(who, loads.GetValueOrDefault(who.Id), takes, had, pools, takes > 0 ? null : WhyNot(desk));
    }

    private string WhyNot(Desk desk) => Parts.Select(p => desk.Pool(p.Pool)?.Name).Distinct().ToList() switch
    {
        [null] => "no pool",
        [{ } pool] => $"not in pool {pool}",
        _ => "not in these pools",
    };

    private static bool MayTake(Employee who, Part part, Desk desk) => desk.Pool(part.Pool)?.Has(who.Id) == true;
}

/// <summary>An agent as a receiver of some leads.</summary>
/// <param name="Holds">Open leads now.</param>
/// <param name="Takes">How many of the leads they can own.</param>
/// <param name="Had">How many of them they had.</param>
/// <param name="WhyNot">Why they can take none.</param>
public sealed record Receiver(Employee Who, int Holds, int Takes, int Had, IReadOnlyList<string> Pools, string? WhyNot);
