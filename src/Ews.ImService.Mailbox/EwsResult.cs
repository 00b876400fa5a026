using System.Diagnostics.CodeAnalysis;

namespace Ews.ImService.Mailbox;

/// <summary>The result of an operation: a value, or an error.</summary>
/// <typeparam name="T">The type of the value; <see cref="Done"/> for operations that return no value.</typeparam>
public readonly struct EwsResult<T>
{
    private EwsResult(T? value, EwsError? error) => (Value, Error) = (value, error);

    /// <summary>Gets the value, if <see cref="Succeeded"/> is <c>true</c>.</summary>
    public T? Value { get; }

    /// <summary>Gets the error, or <c>null</c> if the operation succeeded.</summary>
    public EwsError? Error { get; }

    /// <summary>Gets a value that indicates whether the operation succeeded.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>Converts the value; an error is returned unchanged.</summary>
    /// <typeparam name="TOther">The type of the converted value.</typeparam>
    /// <param name="convert">The conversion, which cannot fail.</param>
    public EwsResult<TOther> Select<TOther>(Func<T, TOther> convert) => Succeeded ? convert(Value) : Error;

    /// <summary>Continues with an operation on the value; an error is returned unchanged.</summary>
    /// <typeparam name="TOther">The type of the next value.</typeparam>
    /// <param name="next">The next operation.</param>
    public EwsResult<TOther> Then<TOther>(Func<T, EwsResult<TOther>> next) => Succeeded ? next(Value) : Error;

    /// <summary>Returns one value for a success and another one for an error.</summary>
    /// <typeparam name="TOther">The type of both values.</typeparam>
    /// <param name="success">Converts the value.</param>
    /// <param name="failure">Converts the error.</param>
    public TOther Match<TOther>(Func<T, TOther> success, Func<EwsError, TOther> failure) =>
        Succeeded ? success(Value) : failure(Error);

    /// <summary>Creates a successful result.</summary>
    /// <param name="value">The value.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Returning the value is the alternative.")]
    public static implicit operator EwsResult<T>(T value) => new(value, null);

    /// <summary>Creates a failed result.</summary>
    /// <param name="error">The error.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Returning the error is the alternative.")]
    public static implicit operator EwsResult<T>(EwsError error) => new(default, error);
}

/// <summary>The value of an operation that returns none.</summary>
public readonly record struct Done;
