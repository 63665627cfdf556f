using System.Linq.Expressions;
using System.Reflection;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Leads.Grid;

/// <summary>
/// An order as a row of segments, each walked from one index: leads that have what is sorted by, then those that have not; stage after stage.
/// Forwards and backwards, from a row by its keys, never by counting.
/// </summary>
internal sealed class ListWalk
{
    private static readonly Key _id = new Key<LeadId>(l => l.Id, r => r.Id);

    private ListWalk(IReadOnlyList<Segment> segments) => Segments = segments;

    public IReadOnlyList<Segment> Segments { get; }

    public static ListWalk Of(ListOrder order, Desk desk) => new(order.By switch
    {
        LeadSort.Name => [new(null, _ => true, [(new Key<string>(l => l.SortName, r => r.SortName), order.Descending), (_id, order.Descending)])],
        LeadSort.Created => [new(null, _ => true, [(new Key<DateTimeOffset>(l => l.CreatedAt, r => r.CreatedAt), order.Descending), (_id, order.Descending)])],
        LeadSort.TimeLeft => TimeLeft(order.Descending, desk),
        LeadSort.FollowUp => Having(l => l.FollowUpOn != null, l => l.FollowUpOn == null, r => r.FollowUpOn is not null, order.Descending,
            new Key<DateOnly?>(l => l.FollowUpOn, r => r.FollowUpOn), new Key<TimeOnly>(l => l.FollowUpAt ?? TimeOnly.MinValue, r => r.FollowUpAt ?? TimeOnly.MinValue)),
        LeadSort.LastActivity => Having(l => l.LastActivityAt != null, l => l.LastActivityAt == null, r => r.LastActivityAt is not null, order.Descending,
            new Key<DateTimeOffset?>(l => l.LastActivityAt, r => r.LastActivityAt)),
        LeadSort.Value => Having(l => l.ValueMinor != null, l => l.ValueMinor == null, r => r.ValueMinor is not null, order.Descending,
            new Key<long?>(l => l.ValueMinor, r => r.ValueMinor)),
        LeadSort.Stage => Stages(order.Descending, desk),
    });

    /// <summary>Whether one row stands before another in this order.</summary>
    public bool IsBefore(LeadRow one, LeadRow other)
    {
        var (at, there) = (IndexOf(one), IndexOf(other));
        return at != there ? at < there : Segments[at].Compare(one, other) < 0;
    }

    public int IndexOf(LeadRow row)
    {
        for (var i = 0; i < Segments.Count; i++)
        {
            if (Segments[i].Has(row))
            {
                return i;
            }
        }

        return Segments.Count - 1;
    }

    private static Segment[] Having(
        Expression<Func<Lead, bool>> has, Expression<Func<Lead, bool>> hasNot, Func<LeadRow, bool> rowHas, bool descending, params Key[] keys) =>
    [
        new(has, rowHas, [.. keys.Select(k => (k, descending)), (_id, descending)]),
        new(hasNot, r => !rowHas(r), [(_id, true)]),
    ];

    private static Segment[] TimeLeft(bool descending, Desk desk)
    {
        var retiring = desk.Stages.Where(s => s.Retires).Select(s => s.Id).ToList();
        return Having(
            l => l.ClockStart != null && retiring.Contains(l.StageId), l => l.ClockStart == null || !retiring.Contains(l.StageId),
            r => r.ClockStart is not null && retiring.Contains(r.StageId), descending, new Key<DateTimeOffset?>(l => l.ClockStart, r => r.ClockStart));
    }

    private static Segment[] Stages(bool descending, Desk desk)
    {
        var stages = descending ? desk.Stages.Reverse() : desk.Stages;
        return [.. stages.Select(s => s.Id).Select(id => new Segment(l => l.StageId == id, r => r.StageId == id, [(_id, true)]))];
    }

    /// <summary>Leads of one kind in one order of keys, the last of which is the lead's number.</summary>
    internal sealed class Segment(Expression<Func<Lead, bool>>? where, Func<LeadRow, bool> has, IReadOnlyList<(Key Key, bool Descending)> keys)
    {
        public bool Has(LeadRow row) => has(row);

        public int Compare(LeadRow one, LeadRow other) =>
            keys.Select(k => k.Descending ? k.Key.Compare(other, one) : k.Key.Compare(one, other)).FirstOrDefault(c => c != 0);

        public IQueryable<Lead> Of(IQueryable<Lead> leads) => where is null ? leads : leads.Where(where);

        public IQueryable<Lead> Ordered(IQueryable<Lead> leads, bool backwards)
        {
            IOrderedQueryable<Lead>? ordered = null;
            foreach (var (key, descending) in keys)
            {
                ordered = key.Order(ordered ?? Of(leads), ordered is not null, descending != backwards);
            }

            return ordered!;
        }

        /// <summary>The leads that stand after the row, or before it when walked backwards.</summary>
        public IQueryable<Lead> From(IQueryable<Lead> leads, LeadRow row, bool backwards)
        {
            var lead = Expression.Parameter(typeof(Lead), "l");
            Expression? beyond = null;
            foreach (var (key, descending) in keys.Reverse())
            {
                var further = key.Beyond(lead, row, descending != backwards);
                beyond = beyond is null ? further : Expression.OrElse(further, Expression.AndAlso(key.Same(lead, row), beyond));
            }

            // The first key's own bound is what an index can seek by.
            var bounded = keys.Count == 1 ? beyond! : Expression.AndAlso(keys[0].Key.NotBefore(lead, row, keys[0].Descending != backwards), beyond!);
            return leads.Where(Expression.Lambda<Func<Lead, bool>>(bounded, lead));
        }
    }

    internal abstract class Key
    {
        public abstract IOrderedQueryable<Lead> Order(IQueryable<Lead> leads, bool further, bool descending);

        public abstract int Compare(LeadRow one, LeadRow other);

        public abstract Expression Beyond(ParameterExpression lead, LeadRow row, bool descending);

        public abstract Expression NotBefore(ParameterExpression lead, LeadRow row, bool descending);

        public abstract Expression Same(ParameterExpression lead, LeadRow row);
    }

    private sealed class Key<T>(Expression<Func<Lead, T>> ofLead, Func<LeadRow, T> ofRow) : Key
    {
        private static readonly MethodInfo _compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

        public override IOrderedQueryable<Lead> Order(IQueryable<Lead> leads, bool further, bool descending) => (further, descending) switch
        {
            (false, false) => leads.OrderBy(ofLead),
            (false, true) => leads.OrderByDescending(ofLead),
            (true, false) => ((IOrderedQueryable<Lead>)leads).ThenBy(ofLead),
            (true, true) => ((IOrderedQueryable<Lead>)leads).ThenByDescending(ofLead),
        };

        public override int Compare(LeadRow one, LeadRow other) => ofRow(one) is string s ? string.CompareOrdinal(s, ofRow(other) as string) : Comparer<T>.Default.Compare(ofRow(one), ofRow(other));

        public override Expression Beyond(ParameterExpression lead, LeadRow row, bool descending)
        {
            var (left, right) = Sides(lead, row);
            return descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
        }

        public override Expression NotBefore(ParameterExpression lead, LeadRow row, bool descending)
        {
            var (left, right) = Sides(lead, row);
            return descending ? Expression.LessThanOrEqual(left, right) : Expression.GreaterThanOrEqual(left, right);
        }

        public override Expression Same(ParameterExpression lead, LeadRow row) => Expression.Equal(Mine(lead), Value(row));

        private (Expression Left, Expression Right) Sides(ParameterExpression lead, LeadRow row) => typeof(T) == typeof(string)
            ? (Expression.Call(_compare, Mine(lead), Value(row)), Expression.Constant(0))
            : (Mine(lead), Value(row));

        private Expression Mine(ParameterExpression lead) => new Swap(ofLead.Parameters[0], lead).Visit(ofLead.Body);

        /// <summary>A member of an object, so that it becomes a parameter and the statement stays the same.</summary>
        private MemberExpression Value(LeadRow row) => Expression.Property(Expression.Constant(new Box(ofRow(row))), nameof(Box.Held));

        private sealed record Box(T Held);
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
