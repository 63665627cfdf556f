using System.Linq.Expressions;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Storage;

/// <summary>
/// What someone looks for: three characters or more anywhere in the search text, fewer at the beginning of a word. What looks like a phone number is
/// also looked for by its digits alone.
/// </summary>
public sealed class SearchTerm
{
    private const int Gram = 3;
    private const int Many = 6;

    private readonly IReadOnlyList<string> _spellings;

    private SearchTerm(IReadOnlyList<string> spellings) => _spellings = spellings;

    /// <summary>None where nothing is left to look for.</summary>
    public static SearchTerm? Of(string? typed)
    {
        if (typed is null)
        {
            return null;
        }

        var isNumber = typed.Any(char.IsAsciiDigit) && typed.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '/' or '(' or ')' or '.');
        string[] spellings = isNumber ? [SearchFold.Text(typed), SearchFold.Digits(typed)] : [SearchFold.Text(typed)];
        return spellings.All(s => s.Length == 0) ? null : new([.. spellings.Distinct()]);
    }

    /// <summary>By the leads' own text, in whatever order they are read.</summary>
    public IQueryable<Lead> In(IQueryable<Lead> leads)
    {
        var (first, others) = (Holds(_spellings[0]), _spellings.Skip(1).Select(Holds));
        return leads.Where(others.Aggregate(first, (all, one) => Expression.Lambda<Func<Lead, bool>>(
            Expression.OrElse(all.Body, new Swap(one.Parameters[0], all.Parameters[0]).Visit(one.Body)), all.Parameters)));
    }

    /// <summary>For FTS5: all leads that hold the term are among the hits, and few others. Each token stands in quotes, so nothing of it is syntax.</summary>
    internal string Trigrams() => string.Join(" OR ", _spellings.Select(s =>
    {
        var runes = Spaced(s).EnumerateRunes().Select(r => r.ToString()).ToList();
        var all = runes.Count - Gram + 1;
        // Of a long term every other one, and the last, tell as much and are half the reading.
        var grams = Enumerable.Range(0, all).Where(i => all <= Many || i % 2 == 0 || i == all - 1).Select(i => string.Concat(runes.Skip(i).Take(Gram))).Distinct();
        return $"({string.Join(" AND ", grams.Select(g => $"\"{g.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))})";
    }));

    /// <summary>For LIKE, where a backslash takes its meaning from <c>%</c> and <c>_</c>; twice the same where there is one spelling.</summary>
    internal (string First, string Last) Patterns() => (Pattern(_spellings[0]), Pattern(_spellings[^1]));

    private static string Pattern(string spelling) =>
        $"%{Spaced(spelling).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    /// <summary>As <see cref="SearchTables"/> stores it; a short one begins its word.</summary>
    private static string Spaced(string spelling) => (IsShort(spelling) ? "  " : "") + spelling.Replace(" ", "  ", StringComparison.Ordinal);

    private static bool IsShort(string spelling) => spelling.EnumerateRunes().Take(Gram).Count() < Gram;

    private static Expression<Func<Lead, bool>> Holds(string spelling)
    {
        var (afterLine, afterSpace) = ("\n" + spelling, " " + spelling);
        return IsShort(spelling) ? l => ("\n" + l.SearchText).Contains(afterLine) || l.SearchText.Contains(afterSpace) : l => l.SearchText.Contains(spelling);
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
