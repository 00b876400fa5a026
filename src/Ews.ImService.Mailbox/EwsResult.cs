using System.Diagnostics.CodeAnalysis;

namespace Ews.ImService.Mailbox;

/// <summary>What a rule returns: a value, or the error that Exchange would answer.</summary>
/// <typeparam name="T">The value's type; <see cref="Done"/> for operations that only succeed.</typeparam>
public readonly struct EwsResult<T>
{
    private EwsResult(T? value, EwsError? error) => (Value, Error) = (value, error);

    /// <summary>The value, where <see cref="Error"/> is null.</summary>
    public T? Value { get; }

    /// <summary>The error, or null on success.</summary>
    public EwsError? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The same refusal, or another value made of this one.</summary>
    public EwsResult<TOther> Select<TOther>(Func<T, TOther> other) => Succeeded ? other(Value) : Error;

    /// <summary>A success.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Returning the value is the alternative.")]
    public static implicit operator EwsResult<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Returning the error is the alternative.")]
    public static implicit operator EwsResult<T>(EwsError error) => new(default, error);
}

/// <summary>The value of an operation that has none.</summary>
public readonly record struct Done;
