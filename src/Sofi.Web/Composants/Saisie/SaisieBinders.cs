using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Sofi.Core.Data;
using Sofi.Core.Offre;

namespace Sofi.Web.Composants.Saisie;

/// <summary>
/// Reads the values of forms as a French user types them, with the limits of the field (<see cref="ChampAttribute"/>) where it has one.
/// What cannot be read is refused on the field, with the input kept; whether a value is sensible is the business of the rules.
/// </summary>
internal sealed class SaisieBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var type = context.Metadata.UnderlyingOrModelType;
        var champ = (context.Metadata as DefaultModelMetadata)?.Attributes.PropertyAttributes?.OfType<ChampAttribute>().FirstOrDefault();
        if (type == typeof(DateOnly)) return new ValueBinder(text => (Lecture.Date(text, out var fault), fault));
        if (type == typeof(TimeOnly)) return new ValueBinder(text => (Lecture.Heure(text, out var fault), fault));
        if (type == typeof(int)) return new ValueBinder(text => (Lecture.Entier(text, champ?.Unite, out var fault), fault));
        if (type == typeof(decimal)) return new ValueBinder(text => (Lecture.Nombre(text, champ?.Unite, out var fault), fault));
        if (type == typeof(Codes)) return new CodesBinder();
        if (type == typeof(string) && context.Metadata.DataTypeName != "Password")
            return new TextBinder(champ?.Libelle, oneLine: champ is not null && champ.Forme != Forme.Texte);
        return type == typeof(ListeParametres) ? new ListeParametresBinder() : null;
    }
}

/// <summary>A date, a number or a time; blank is no value.</summary>
internal sealed class ValueBinder(Func<string, (object? Value, string? Fault)> read) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var given = context.ValueProvider.GetValue(context.ModelName);
        if (given == ValueProviderResult.None) return Task.CompletedTask;
        context.ModelState.SetModelValue(context.ModelName, given);
        var text = given.FirstValue?.Trim() ?? "";
        if (text.Length == 0)
        {
            if (context.ModelMetadata.IsReferenceOrNullableType) context.Result = ModelBindingResult.Success(null);
            return Task.CompletedTask;
        }

        var (value, fault) = read(text);
        if (fault is null) context.Result = ModelBindingResult.Success(value);
        else context.ModelState.TryAddModelError(context.ModelName, fault);
        return Task.CompletedTask;
    }
}

/// <summary>A text, cleaned at the door; what was removed is noted so that the page can tell.</summary>
internal sealed class TextBinder(string? libelle, bool oneLine) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var given = context.ValueProvider.GetValue(context.ModelName);
        if (given == ValueProviderResult.None) return Task.CompletedTask;
        var (text, removed) = oneLine ? (Texte.CleanLine(given.FirstValue, out var gone), gone) : Texte.Clean(given.FirstValue);
        context.ModelState.SetModelValue(context.ModelName, new ValueProviderResult(text ?? ""));
        if (libelle is not null) Nettoyages.Add(context.HttpContext, context.ModelName, libelle, removed);
        context.Result = ModelBindingResult.Success(text);
        return Task.CompletedTask;
    }
}

/// <summary>The ticked values of a multi-choice field, in the order of the screen; none ticked is the empty list.</summary>
internal sealed class CodesBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var given = context.ValueProvider.GetValue(context.ModelName);
        if (given == ValueProviderResult.None) return Task.CompletedTask;
        context.ModelState.SetModelValue(context.ModelName, given);
        context.Result = ModelBindingResult.Success(Codes.From(given.Values.Select(Texte.CleanLine)));
        return Task.CompletedTask;
    }
}

/// <summary>Installs the reading of forms in MVC: binders, French messages, one filter.</summary>
internal static class SaisieOptions
{
    public static void Apply(Microsoft.AspNetCore.Mvc.MvcOptions options)
    {
        options.ModelBinderProviders.Insert(0, new SaisieBinderProvider());
        options.Filters.Add<SaisieFilter>();
        // A missing value is the business of the rules, which speak French.
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => NotFitting(value));
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(NotFitting);
        messages.SetValueIsInvalidAccessor(NotFitting);
        messages.SetValueMustBeANumberAccessor(_ => "Écrivez un nombre en chiffres, par exemple 12.");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "Écrivez un nombre en chiffres, par exemple 12.");
        messages.SetUnknownValueIsInvalidAccessor(_ => NotFitting(null));
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => NotFitting(null));
        messages.SetValueMustNotBeNullAccessor(_ => "Renseignez une valeur.");
        messages.SetMissingBindRequiredValueAccessor(_ => "Renseignez une valeur.");
        messages.SetMissingKeyOrValueAccessor(() => "Renseignez une valeur.");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "La demande est vide : renvoyez le formulaire.");
    }

    private static string NotFitting(string? value) =>
        value is null ? "Cette valeur ne convient pas : corrigez-la." : $"« {value} » ne convient pas : corrigez la valeur.";
}
