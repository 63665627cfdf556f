namespace LeadDesk.Domain.Basics;

/// <summary>Why a verb was called. The clock asks this, not the caller's name. Stored; numbers never change.</summary>
public enum Cause
{
    Person = 0,

    /// <summary>An act on more than one lead at a time, from any screen.</summary>
    Bulk = 1,
    Workflow = 2,
    Import = 3,
    System = 4,

    /// <summary>A program that acts as an employee, by a key that says so.</summary>
    Program = 5,
}
