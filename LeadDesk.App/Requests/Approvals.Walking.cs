using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Requests;

/// <summary>Walking the queue and ticking.</summary>
public sealed partial class Approvals
{
    private async Task KeyAsync(QueueKey key)
    {
        switch (key)
        {
            case QueueKey.Next or QueueKey.Previous:
                await WalkAsync(key is QueueKey.Next ? 1 : -1);
                break;
            case QueueKey.First or QueueKey.Last:
                _queue.Jump(key is QueueKey.Last);
                await ArriveAsync();
                break;
            case QueueKey.Tick when _queue.Current is { } id:
                Tick(id);
                break;
            case QueueKey.All:
                _queue.TickAll();
                break;
            case QueueKey.None:
                ClearTicks();
                break;
            case QueueKey.Open:
                _sheet = _preview is not null;
                break;
            case QueueKey.More:
                await ReadOnAsync();
                break;
            case QueueKey.Reject when _foot is not null && (Many || _preview is { Request.Waits: true }):
                _sheet = true;
                await _foot.FocusAsync();
                break;
            default:
                break;
        }
    }

    private async Task WalkAsync(int by)
    {
        if (!_queue.Move(by) && by > 0 && !_queue.AtEnd)
        {
            await ReadOnAsync();
            _queue.Move(by);
        }

        await ArriveAsync();
    }

    private async Task MoveOnAsync()
    {
        if (!_queue.Move(1) && !_queue.AtEnd)
        {
            await ReadOnAsync();
        }

        if (!IsLive(_queue.Current))
        {
            _queue.MoveOn();
        }

        await ArriveAsync();
    }

    private bool IsLive(RequestId? id) => _queue.Lines.Any(l => l.Row.Id == id && l.IsLive);

    private async Task ReadOnAsync()
    {
        var rows = await Query.PageAsync(_filter, _queue.Last, ApprovalsQuery.PageSize, _actor!);
        _queue.Append(rows, rows.Count < ApprovalsQuery.PageSize);
    }

    private async Task OpenOneAsync(RequestId id)
    {
        _sheet = true;
        if (id != _queue.Current)
        {
            _queue.Choose(id);
            await ArriveAsync();
        }
    }

    private async Task ArriveAsync()
    {
        if (_queue.Current is { } id)
        {
            _walked.Add(id);
        }

        await LookAsync();
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("request", _queue.Current?.Value), replace: true);
    }

    private void Tick(RequestId id) => _queue.Tick(id, !_queue.IsTicked(id));

    private void ClearTicks()
    {
        _queue.ClearTicks();
        (_comment, _wrong) = ("", null);
    }

    private Task LeaveAsync() => _list?.FocusAsync() ?? Task.CompletedTask;
}
