@component('mail::message')
# 20% off everything

Shop now, this week only.

@component('mail::button', ['url' => url('/')])
Shop
@endcomponent
@endcomponent
